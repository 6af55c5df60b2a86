package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A folder with secrets of some age, and a mapping of them or of those of a Vault. */
record AgeFolder(Path folder, OpenBaoServer bao) {
    void stored(String name, int days) throws IOException {
        Path file = folder.resolve("store").resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, AgeIT.CANARY);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    void mapping(String... entries) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    void vaultMapping(String name) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + bao.address() + "\"}\nsecrets:\n  bao:\n    " + name
                        + ": {property: key, rotate: 90d, priority: P0}\n");
    }

    Launched run(Map<String, String> environment, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "age";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Launched.in(folder, environment, all);
    }

    static Map<?, ?> secret(Launched result) {
        Map<String, Object> document =
                Objects.requireNonNull(Json.object(result.out().getBytes(UTF_8)), "no JSON");
        return (Map<?, ?>) ((List<?>) Objects.requireNonNull(document.get("secrets"))).get(0);
    }
}
