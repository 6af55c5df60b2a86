package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.fetch.Masks;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;

/** Values whose names say that they are no secret, such as user and host names, which may be short and everywhere. */
final class Harmless {

    /** Whether it is not masked, or called like one of them in the store or by a target. */
    static boolean is(Secret secret) {
        if (!secret.masked() || secret.value().isEmpty() || named(secret.name())) {
            return true;
        }
        for (Target target : secret.targets()) {
            if (named(target.name())) {
                return true;
            }
        }
        return false;
    }

    /** By its last word: {@code db.username}, {@code DB_USER}. */
    private static boolean named(String name) {
        int start = name.length();
        while (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1))) {
            start--;
        }
        return Masks.isHarmless(name.substring(start));
    }

    private Harmless() {}
}
