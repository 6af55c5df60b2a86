package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Key Vault allows as a name. Checked here, since the SDK would put anything into the URL. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,127}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9]{1,64}");

    /** Why no vault can have this location, or null. */
    static @Nullable Failure check(Location location) {
        String name = location.path();
        if (!NAME.matcher(name).matches()) {
            String dashed = name.replace('_', '-').replace('.', '-');
            return invalid(
                    "not a name that Key Vault can have",
                    NAME.matcher(dashed).matches()
                            ? "did you mean " + dashed
                            : "use letters, digits and -, at most 127 of them");
        }
        if (location.stage() != null) {
            return invalid("Key Vault has no stages", "use version:");
        }
        if (location.version() != null && !VERSION.matcher(location.version()).matches()) {
            return invalid("not a version that Key Vault can have", "take the version's id, 32 hexadecimal digits");
        }
        return null;
    }

    private static Failure invalid(String why, String mend) {
        return new Failure(Failure.Kind.INVALID, why, mend);
    }

    private Names() {}
}
