package io.secretagent.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link within the repository leads to a file, and one with a hash to a heading. The web's are not followed. */
class LinksTest {

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(Page page) {
        for (String link : page.links()) {
            if (link.startsWith("https://")) {
                continue;
            }
            String path = link.replaceFirst("#.*", "");
            Path target = path.isEmpty()
                    ? page.file()
                    : Objects.requireNonNull(page.file().getParent())
                            .resolve(path)
                            .normalize();
            assertThat(target).as("link %s of %s", link, page).exists().startsWith(Page.ROOT);
            if (link.contains("#")) {
                assertThat(Page.read(target).anchors())
                        .as("link %s of %s", link, page)
                        .contains(link.substring(link.indexOf('#') + 1));
            }
        }
    }

    /** So that nothing is written that nobody finds. */
    @Test
    void everyPageIsReachedFromTheReadme() {
        TreeSet<Path> reached = new TreeSet<>();
        List<Path> next = new ArrayList<>(List.of(Page.ROOT.resolve("README.md")));
        while (!next.isEmpty()) {
            Path file = next.remove(next.size() - 1);
            if (!file.toString().endsWith(".md") || !Files.exists(file) || !reached.add(file)) {
                continue;
            }
            Path folder = Objects.requireNonNull(file.getParent());
            Page.read(file).links().stream()
                    .filter(link -> !link.contains("://"))
                    .forEach(link -> next.add(
                            folder.resolve(link.replaceFirst("#.*", "")).normalize()));
        }
        assertThat(Page.all().stream().map(Page::file).filter(file -> !reached.contains(file)))
                .isEmpty();
    }

    @Test
    void theReadmeIsShort() {
        assertThat(Page.read(Page.ROOT.resolve("README.md")).lines()).hasSizeLessThan(200);
    }
}
