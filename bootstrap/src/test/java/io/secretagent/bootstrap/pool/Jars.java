package io.secretagent.bootstrap.pool;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A class path of the jars that these classes are in. */
final class Jars {
    static String of(Class<?>... types) {
        return Arrays.stream(types)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
    }

    private Jars() {}
}
