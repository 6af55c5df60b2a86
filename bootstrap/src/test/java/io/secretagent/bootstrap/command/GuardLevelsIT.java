package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every guard at every level, by the switch of the mapping and by that of the entry: what is said, and the exit code. */
@Timeout(180)
class GuardLevelsIT {
    private static final String CANARY = "canary-5d2e90b7-long";
    private static final String FILES = "{type: directory, path: store}";
    private static final String PASTED = "ghp_0123456789abcdefABCDEF0123456789abcd";
    private static final String RANDOM = "x7Kq9ZpL2mN4vB8tR1wY6cD3";

    @TempDir
    private Path folder;

    /** What each is to find, in the backends that it looks at. */
    enum Finding {
        PASTED_SECRET("SA101", "error", FILES, "API_KEY", "purpose: " + PASTED),
        RANDOM_TEXT("SA102", "warning", FILES, "API_KEY", "purpose: " + RANDOM),
        INSECURE_VAULT(
                "SA103",
                "warning",
                "{type: vault, address: \"http://vault.internal:8200\", insecure: true}",
                "secret/a#b",
                ""),
        INSECURE_AWS(
                "SA103",
                "warning",
                "{type: aws-secrets-manager, region: eu-west-1, endpoint: \"http://aws.internal\", insecure: true}",
                "a",
                ""),
        INSECURE_AZURE(
                "SA103", "warning", "{type: azure-key-vault, url: \"http://vault.internal\", insecure: true}", "a", ""),
        READABLE_OF_VAULT(
                "SA104",
                "warning",
                "{type: vault, address: \"https://vault.internal\", auth: {method: token, token-file: credential}}",
                "secret/a#b",
                ""),
        READABLE_OF_AWS("SA104", "warning", "{type: aws-secrets-manager, region: eu-west-1}", "a", "") {
            @Override
            Map<String, String> environment(Path folder) {
                return Map.of(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        folder.resolve("credential").toString());
            }
        },
        READABLE_OF_AZURE("SA104", "warning", "{type: azure-key-vault, url: \"https://v.vault.azure.net\"}", "a", "") {
            @Override
            Map<String, String> environment(Path folder) {
                return Map.of(
                        "AZURE_FEDERATED_TOKEN_FILE",
                        folder.resolve("credential").toString());
            }
        },
        WEAK_VALUE("SA105", "warning", FILES, "WEAK", ""),
        SHARED_VALUE("SA106", "warning", FILES, "API_KEY", ""),
        REPEATED_VALUE("SA107", "warning", FILES, "API_KEY", ""),
        NO_ROTATION("SA108", "warning", FILES, "API_KEY", "priority: P1"),
        WRITABLE_FOLDER("SA109", "warning", FILES, "API_KEY", "");

        private final String code;
        private final String level;
        private final String backend;
        private final String name;
        private final String key;

        Finding(String code, String level, String backend, String name, String key) {
            this.code = code;
            this.level = level;
            this.backend = backend;
            this.name = name;
            this.key = key;
        }

        Map<String, String> environment(Path folder) {
            return Map.of();
        }

        boolean isOfSecret() {
            return code.compareTo("SA105") >= 0 && code.compareTo("SA108") <= 0;
        }

        /** What can be found with no value is, so that no backend is asked. */
        boolean needsValues() {
            return code.compareTo("SA105") >= 0 && code.compareTo("SA107") <= 0;
        }

        String mapping(String ofMapping, String ofEntry) {
            String entry = "property: a, env: A" + (key.isEmpty() ? "" : ", " + key)
                    + (ofEntry.isEmpty() ? "" : ", guards: {" + ofEntry + "}");
            return "backends:\n  store: " + backend + "\nsecrets:\n  store:\n    "
                    // Of two with one value the second is told of.
                    + (this == REPEATED_VALUE ? "COPY: {property: copy, env: COPY}\n    " : "")
                    + name + ": {" + entry + "}\n" + (ofMapping.isEmpty() ? "" : "guards: {" + ofMapping + "}\n");
        }
    }

    @BeforeEach
    void store() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY);
        Files.writeString(store.resolve("COPY"), CANARY);
        Files.writeString(store.resolve("WEAK"), "Changeme-2931");
        Files.setPosixFilePermissions(
                Files.writeString(folder.resolve("credential"), CANARY), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(
                folder.resolve("other.yaml"),
                "backends:\n  store: " + FILES + "\nsecrets:\n  store:\n    COPY: {property: a, guards: {all: off}}\n");
    }

    @ParameterizedTest
    @EnumSource
    void theSwitchOfTheMapping(Finding finding) throws Exception {
        String code = finding.code;
        assertTold(finding, "", "", finding.level);
        assertTold(finding, code + ": off", "", "off");
        assertTold(finding, code + ": warning", "", "warning");
        assertTold(finding, code + ": error", "", "error");
        assertTold(finding, "all: off", "", "off");
        assertTold(finding, "all: error", "", "error");
        assertTold(finding, "all: error, " + code + ": warning", "", "warning");
    }

    @ParameterizedTest
    @EnumSource(
            value = Finding.class,
            names = {"WEAK_VALUE", "SHARED_VALUE", "REPEATED_VALUE", "NO_ROTATION"})
    void theSwitchOfTheEntryComesFirst(Finding finding) throws Exception {
        assertThat(finding.isOfSecret()).isTrue();
        String code = finding.code;
        assertTold(finding, code + ": error", code + ": off", "off");
        assertTold(finding, code + ": off", code + ": warning", "warning");
        assertTold(finding, code + ": off", code + ": error", "error");
        assertTold(finding, "all: off", "all: error", "error");
    }

    /** Those that look at no one secret take no switch of an entry. */
    @ParameterizedTest
    @EnumSource(
            value = Finding.class,
            names = {"PASTED_SECRET", "RANDOM_TEXT", "INSECURE_VAULT", "READABLE_OF_VAULT", "WRITABLE_FOLDER"})
    void noSwitchOfAnEntry(Finding finding) throws Exception {
        assertThat(finding.isOfSecret()).isFalse();
        Launched told = verify(finding, "", finding.code + ": off");
        assertThat(told.exit()).isEqualTo(78);
        assertThat(told.err()).contains("guards");
    }

    /** An error keeps a command from starting; SA106 needs a second environment, which a start has not. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SHARED_VALUE")
    void anErrorKeepsACommandFromStarting(Finding finding) throws Exception {
        write(finding, finding.code + ": error", "");
        Launched refused = launched(finding, "run", "--mapping", "secrets.yaml", "--", "echo", "started");
        assertThat(refused.exit()).isEqualTo(78);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(finding.code + ": ");
    }

    private void assertTold(Finding finding, String ofMapping, String ofEntry, String level) throws Exception {
        Launched told = verify(finding, ofMapping, ofEntry);
        String switches = "{" + ofMapping + "} {" + ofEntry + "}: " + told.err();
        List<String> lines = told.err()
                .lines()
                .filter(line -> line.contains(finding.code + ": "))
                .toList();
        assertThat(told.exit()).as(switches).isEqualTo(level.equals("error") ? 78 : 0);
        assertThat(lines).as(switches).hasSize(level.equals("off") ? 0 : 1);
        assertThat(lines).as(switches).allMatch(line -> line.contains("warning: ") == level.equals("warning"));
        if (level.equals("warning")) {
            assertThat(verify(finding, ofMapping, ofEntry, "--strict").exit())
                    .as(switches)
                    .isEqualTo(78);
        }
    }

    private Launched verify(Finding finding, String ofMapping, String ofEntry, String... options) throws Exception {
        write(finding, ofMapping, ofEntry);
        List<String> arguments = new ArrayList<>(List.of("verify"));
        if (finding == Finding.SHARED_VALUE) {
            arguments.addAll(List.of("--against", "other.yaml"));
        } else if (!finding.needsValues()) {
            arguments.add("--offline");
        }
        arguments.addAll(List.of(options));
        return launched(finding, arguments.toArray(String[]::new));
    }

    private void write(Finding finding, String ofMapping, String ofEntry) throws IOException {
        Files.writeString(folder.resolve("secrets.yaml"), finding.mapping(ofMapping, ofEntry));
        Files.setPosixFilePermissions(
                folder,
                PosixFilePermissions.fromString(finding == Finding.WRITABLE_FOLDER ? "rwxrwxrwx" : "rwxr-xr-x"));
    }

    private Launched launched(Finding finding, String... arguments) throws Exception {
        Launched result = Launched.in(folder, finding.environment(folder), arguments);
        assertThat(result.all()).doesNotContain("canary", PASTED, RANDOM, "Changeme", "2931");
        return result;
    }
}
