package io.secretagent.bootstrap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The order of the packages, as the design draws it: imports go down, and no circle. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/shaded/"))
            .importPackages("io.secretagent");

    @Test
    void bootstrapsPackagesImportDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.secretagent.bootstrap..")
                .layer("main")
                .definedBy("io.secretagent.bootstrap")
                .layer("command")
                .definedBy("io.secretagent.bootstrap.command..")
                .layer("run")
                .definedBy("io.secretagent.bootstrap.run..")
                .layer("refresh")
                .definedBy("io.secretagent.bootstrap.refresh..")
                .layer("guard")
                .definedBy("io.secretagent.bootstrap.guard..")
                .layer("rotate")
                .definedBy("io.secretagent.bootstrap.rotate..")
                .layer("fetch")
                .definedBy("io.secretagent.bootstrap.fetch..")
                .layer("backend")
                .definedBy("io.secretagent.bootstrap.backend..")
                .layer("mapping")
                .definedBy("io.secretagent.bootstrap.mapping..")
                .whereLayer("main")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("command")
                .mayOnlyBeAccessedByLayers("main")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("refresh")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("guard")
                .mayOnlyBeAccessedByLayers("refresh", "command")
                .whereLayer("rotate")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("fetch")
                .mayOnlyBeAccessedByLayers("guard", "refresh", "command")
                .whereLayer("backend")
                .mayOnlyBeAccessedByLayers("fetch", "refresh", "rotate", "command")
                .whereLayer("mapping")
                .mayOnlyBeAccessedByLayers("backend", "fetch", "guard", "refresh", "rotate", "command")
                .check(CLASSES);
    }

    @Test
    void agentsPackagesImportDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(
                        "io.secretagent",
                        "io.secretagent.refresh..",
                        "io.secretagent.pool..",
                        "io.secretagent.sink..",
                        "io.secretagent.inject..",
                        "io.secretagent.channel..",
                        "io.secretagent.mask..")
                .layer("agent")
                .definedBy("io.secretagent")
                .layer("refresh")
                .definedBy("io.secretagent.refresh..")
                .layer("pool")
                .definedBy("io.secretagent.pool..")
                .layer("sink")
                .definedBy("io.secretagent.sink..")
                .layer("inject")
                .definedBy("io.secretagent.inject..")
                .layer("channel")
                .definedBy("io.secretagent.channel..")
                .layer("mask")
                .definedBy("io.secretagent.mask..")
                .whereLayer("agent")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("refresh")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("pool")
                .mayOnlyBeAccessedByLayers("agent", "refresh")
                .whereLayer("sink")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("inject")
                .mayOnlyBeAccessedByLayers("agent", "refresh")
                .whereLayer("channel")
                .mayOnlyBeAccessedByLayers("agent", "inject", "pool", "refresh")
                .whereLayer("mask")
                .mayOnlyBeAccessedByLayers("agent", "sink", "inject", "refresh")
                .check(CLASSES);
    }

    @Test
    void theAgentKnowsNothingOfBootstrap() {
        noClasses()
                .that()
                .resideInAPackage("io.secretagent..")
                .and()
                .resideOutsideOfPackage("io.secretagent.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.secretagent.bootstrap..")
                .check(CLASSES);
    }

    @Test
    void eachBackendIsAloneWithItsSdk() {
        slices().matching("io.secretagent.bootstrap.backend.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void theAgentTouchesNothingThatBelongsToTheApplication() {
        noClasses()
                .that()
                .resideInAPackage("io.secretagent..")
                .and()
                .resideOutsideOfPackage("io.secretagent.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..",
                        "java.lang.management..",
                        "javax.management..",
                        "javax.net.ssl..",
                        "java.net.http..",
                        "java.util.regex..",
                        "java.util.stream..")
                .because("what premain touches is frozen before main can set it up")
                .check(CLASSES);
    }

    @Test
    void noCircles() {
        slices().matching("io.secretagent.bootstrap.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("io.secretagent.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
