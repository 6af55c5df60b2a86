package io.secretagent.inject;

import io.secretagent.audit.Audit;
import io.secretagent.audit.AuditEvent;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's system properties as secrets find them. A property that the JVM was started with wins over a secret unless
 * its target says {@code override}; the winning value is masked all the same, and the user is told by name.
 */
public final class SystemProperties {
    private final Properties properties;
    private final Set<String> given;

    /**
     * The properties before anything is injected.
     *
     * @param properties the live ones, as {@link System#getProperties()} returns them
     */
    public SystemProperties(Properties properties) {
        this.properties = properties;
        this.given = properties.stringPropertyNames();
    }

    /** The names that the JVM was started with. */
    public Set<String> given() {
        return given;
    }

    /**
     * Masks the values that win over one of these targets.
     *
     * @return a line for each, by name
     */
    public List<String> maskWinners(Set<Target> targets, Masker masker) {
        List<String> lines = new ArrayList<>();
        for (Target target : targets) {
            String value = winner(target);
            if (value != null) {
                lines.add(target + " keeps the value that the JVM was given; set override: true for the secret to win");
                String refusal = masker.add(target.name(), value);
                if (refusal != null) {
                    lines.add(refusal);
                }
            }
        }
        return lines;
    }

    /** Sets every property target, except where a given value wins. */
    public void inject(List<Secret> secrets, Audit audit) {
        for (Secret secret : secrets) {
            for (Target target : secret.targets()) {
                if (target.kind() == Target.Kind.PROPERTY && winner(target) == null) {
                    properties.setProperty(target.name(), secret.value());
                    audit.record(AuditEvent.of(AuditEvent.Kind.INJECT)
                            .secret(secret.name(), secret.backend(), secret.version())
                            .target(target.toString()));
                }
            }
        }
    }

    /** The given value that wins over this target, or null if the secret is injected. */
    private @Nullable String winner(Target target) {
        if (target.override()) {
            return null;
        }
        if (target.kind() == Target.Kind.ENVIRONMENT) {
            return System.getenv(target.name());
        }
        return given.contains(target.name()) ? properties.getProperty(target.name()) : null;
    }
}
