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
                .layer("audit")
                .definedBy("io.secretagent.bootstrap.audit..")
                .layer("run")
                .definedBy("io.secretagent.bootstrap.run..")
                .layer("warm")
                .definedBy("io.secretagent.bootstrap.warm..")
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
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("refresh", "command")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("warm")
                .mayOnlyBeAccessedByLayers("main", "command")
                .whereLayer("refresh")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("guard")
                .mayOnlyBeAccessedByLayers("refresh", "command")
                .whereLayer("rotate")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("fetch")
                .mayOnlyBeAccessedByLayers("guard", "refresh", "audit", "command")
                .whereLayer("backend")
                .mayOnlyBeAccessedByLayers("fetch", "refresh", "rotate", "audit", "command")
                .whereLayer("mapping")
                .mayOnlyBeAccessedByLayers("backend", "fetch", "guard", "refresh", "rotate", "audit", "command")
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
                        "io.secretagent.mask..",
                        "io.secretagent.audit..",
                        "io.secretagent.thread..")
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
                .layer("audit")
                .definedBy("io.secretagent.audit..")
                .layer("thread")
                .definedBy("io.secretagent.thread..")
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
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("agent", "sink", "inject", "channel", "refresh")
                .whereLayer("thread")
                .mayOnlyBeAccessedByLayers("agent", "channel", "mask", "audit")
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
                .and()
                // Used only when the application's own JUL hands a record to a handler.
                .doNotHaveFullyQualifiedName("io.secretagent.sink.MaskedRecord")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..",
                        "java.lang.management..",
                        "javax.management..",
                        "javax.net.ssl..",
                        "java.net.http..",
                        "java.util.regex..")
                .because("what premain touches is frozen before main can set it up")
                .check(CLASSES);
    }

    /** StackWalker hands frames over as a stream, which is not taken before the application runs. */
    @Test
    void theAgentStartsWithoutStreams() {
        noClasses()
                .that()
                .resideInAPackage("io.secretagent..")
                .and()
                .resideOutsideOfPackage("io.secretagent.bootstrap..")
                .and()
                .doNotHaveFullyQualifiedName("io.secretagent.audit.Caller")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.stream..")
                .because("the first stream costs more time than the start has")
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
