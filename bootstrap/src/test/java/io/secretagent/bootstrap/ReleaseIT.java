package io.secretagent.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a release has besides the distribution; made by the profile {@code release}. */
class ReleaseIT {
    private static final Path TARGET =
            Objects.requireNonNull(ChildJvm.distribution().getParent());

    @BeforeEach
    void made() {
        Provision.orSkip("a release (./mvnw verify -Prelease)", () -> Files.size(TARGET.resolve("SHA256SUMS")));
    }

    @Test
    void theChecksumsAreThoseOfTheFiles() throws Exception {
        String sums = Files.readString(TARGET.resolve("SHA256SUMS"), UTF_8);
        assertThat(sums).contains("secret-agent-0.1.0.tar.gz", "bootstrap-0.1.0-cyclonedx.json");
        Provision.run(List.of("sh", "-c", "cd '" + TARGET + "' && sha256sum --check --quiet SHA256SUMS"));
    }

    @Test
    void theBillOfMaterialsNamesEveryLibraryThatIsInside() throws Exception {
        Map<String, Object> bill = Objects.requireNonNull(
                Json.object(Files.readAllBytes(TARGET.resolve("bootstrap-0.1.0-cyclonedx.json"))));
        List<String> components = ((List<?>) Objects.requireNonNull(bill.get("components")))
                .stream()
                        .map(component -> (Map<?, ?>) component)
                        .map(component -> component.get("group") + ":" + component.get("name"))
                        .toList();
        assertThat(components).containsAll(libraries()).contains("io.secretagent:agent");
    }

    @Test
    void sourcesAndJavadocAreThereToPublish() {
        for (String jar : List.of("bootstrap-sources.jar", "bootstrap-javadoc.jar")) {
            assertThat(TARGET.resolve(jar)).isNotEmptyFile();
        }
    }

    /** As the list of licences has them: {@code (LICENCE) NAME (GROUP:ARTIFACT:VERSION - URL)}. */
    private static List<String> libraries() throws IOException {
        List<String> libraries = Files.readString(ChildJvm.distribution().resolve("licences/bootstrap.txt"), UTF_8)
                .lines()
                .filter(line -> line.contains(" - http"))
                .map(line -> line.replaceFirst(".*\\(([^:(]+:[^:]+):[^:]+ - .*", "$1"))
                .toList();
        assertThat(libraries).hasSizeGreaterThan(40);
        return libraries;
    }
}
