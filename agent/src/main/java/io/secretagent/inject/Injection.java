package io.secretagent.inject;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.audit.Audit;
import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.Reads;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts secrets into the JVM's system properties and into the {@linkplain Overlay overlay} of its environment. A value that
 * the JVM was started with wins over a secret unless its target says {@code override}; the winning value is masked all
 * the same, and the user is told by name.
 */
public final class Injection {
    /** The system's limit for a variable: 32 pages with the name, the sign between, and a zero behind. */
    private static final int LONGEST_VARIABLE = 131_071;

    private final Properties properties;
    private final Set<String> given;
    private final Map<String, String> environment;
    private final Overlay overlay;
    private final Set<Target> asked = new HashSet<>();
    private Audit audit = Audit.NONE;
    private @Nullable Reads reads;
    private final AnyRead anyRead = new AnyRead();
    /** The properties as they were injected last. */
    private final Map<String, String> injected = new HashMap<>();
    /** Those that the application has changed since; it was told that they are left alone. */
    private final Set<String> theApplications = new HashSet<>();

    /**
     * Before anything is injected.
     *
     * @param properties the live ones, as {@link System#getProperties()} returns them
     * @param environment the process' own, as {@link System#getenv()} returns it
     */
    public Injection(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.given = properties.stringPropertyNames();
        this.environment = environment;
        this.overlay = new Overlay(environment, anyRead);
    }

    /** The names of the properties that the JVM was started with. */
    public Set<String> givenProperties() {
        return given;
    }

    /** What is shown of the environment. */
    public Overlay overlay() {
        return overlay;
    }

    /** Is shown every name of a property that is read. */
    public UnaryOperator<@Nullable Object> read() {
        return anyRead;
    }

    /** Whether the application has read anything that was injected, by its name. */
    public BooleanSupplier isRead() {
        return anyRead;
    }

    /**
     * Masks the values that win over one of these targets, unless it was asked about before.
     *
     * @return a line for each, by name
     */
    public List<String> maskWinners(Set<Target> targets, Masker masker) {
        List<String> lines = new ArrayList<>();
        for (Target target : targets) {
            String value = asked.add(target) ? winner(target) : null;
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

    /**
     * What no environment variable can be.
     *
     * @return a line for each, by name
     */
    public List<String> refused(List<Secret> secrets) {
        List<String> lines = new ArrayList<>();
        for (Secret secret : secrets) {
            for (Target target : secret.targets()) {
                String refusal = injects(target, Target.Kind.ENVIRONMENT) ? refusal(secret, target) : null;
                if (refusal != null) {
                    lines.add(refusal);
                }
            }
        }
        return lines;
    }

    /** Those of the targets that a secret is injected into. */
    public Set<Target> injected(Set<Target> targets) {
        Set<Target> injected = new HashSet<>();
        for (Target target : targets) {
            if (winner(target) == null) {
                injected.add(target);
            }
        }
        return injected;
    }

    /**
     * Records what is injected from now on.
     *
     * @param told is told who reads it, if that is to be recorded too
     */
    public void record(Audit recording, @Nullable Reads told) {
        audit = recording;
        reads = told;
        if (told != null) {
            overlay.tell(told);
            System.setProperties(new AwaitedProperties(properties, Awaited.NOTHING, told));
        }
    }

    /** Has everybody who reads one of these wait until it is injected. */
    public void await(Awaited awaited) {
        overlay.await(awaited);
        if (awaited.hasProperties()) {
            System.setProperties(new AwaitedProperties(properties, awaited, reads));
        }
    }

    /** Injects into every target, except where a given value wins. */
    public void inject(List<Secret> secrets) {
        Map<String, String> variables = new LinkedHashMap<>();
        Set<String> toChildren = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Secret secret : secrets) {
            for (Target target : secret.targets()) {
                names.add(target.name());
                if (injects(target, Target.Kind.PROPERTY)) {
                    properties.setProperty(target.name(), secret.value());
                    injected.put(target.name(), secret.value());
                    record(AuditEvent.Kind.INJECT, secret, target);
                } else if (injects(target, Target.Kind.ENVIRONMENT)) {
                    variables.put(target.name(), secret.value());
                    record(AuditEvent.Kind.INJECT, secret, target);
                    if (target.inherit()) {
                        toChildren.add(target.name());
                    }
                }
            }
        }
        anyRead.watch(names);
        overlay.add(variables, toChildren);
    }

    private void record(AuditEvent.Kind kind, Secret secret, Target target) {
        audit.record(AuditEvent.of(kind)
                .secret(secret.name(), secret.backend(), secret.version())
                .target(target.toString()));
        if (reads == null) {
            return;
        }
        if (target.kind() == Target.Kind.PROPERTY) {
            reads.watchProperty(target.name(), target.toString(), secret.name(), secret.backend(), secret.version());
        } else {
            reads.watchVariable(target.name(), target.toString(), secret.name(), secret.backend(), secret.version());
        }
    }

    /**
     * Puts other values in the place of those before. A property that the application has changed itself stays as it is.
     *
     * @param lines takes what the user should be told, by name
     * @return the names of the secrets of which any target had another value
     */
    public Set<String> replace(List<Secret> secrets, List<String> lines) {
        Set<String> changed = new LinkedHashSet<>();
        Map<String, String> variables = new LinkedHashMap<>();
        Set<String> toChildren = new HashSet<>();
        for (Secret secret : secrets) {
            for (Target target : secret.targets()) {
                boolean other;
                if (injects(target, Target.Kind.PROPERTY)) {
                    other = replaceProperty(target, secret.value(), lines);
                } else if (injects(target, Target.Kind.ENVIRONMENT)) {
                    String refusal = refusal(secret, target);
                    if (refusal != null) {
                        lines.add(refusal);
                        continue;
                    }
                    other = !secret.value().equals(overlay.value(target.name()));
                    variables.put(target.name(), secret.value());
                    if (target.inherit()) {
                        toChildren.add(target.name());
                    }
                } else {
                    continue;
                }
                if (other) {
                    changed.add(secret.name());
                    record(AuditEvent.Kind.REFRESH, secret, target);
                }
            }
        }
        overlay.add(variables, toChildren);
        return changed;
    }

    /** Takes out again what was injected into these targets, unless the application has changed it. */
    public void clear(List<Target> targets) {
        for (Target target : targets) {
            if (injects(target, Target.Kind.PROPERTY)) {
                String value = injected.remove(target.name());
                if (value != null) {
                    System.getProperties().remove(target.name(), value);
                }
            } else if (injects(target, Target.Kind.ENVIRONMENT)) {
                overlay.remove(target.name());
            }
        }
    }

    private boolean replaceProperty(Target target, String value, List<String> lines) {
        String name = target.name();
        String before = injected.put(name, value);
        if (value.equals(before)) {
            return false;
        }
        // Not those of the start: the application may have put others in their place.
        Properties now = System.getProperties();
        if (before == null ? now.putIfAbsent(name, value) == null : now.replace(name, before, value)) {
            return true;
        }
        if (before != null && before.equals(now.getProperty(name))) {
            // In the defaults of other properties.
            now.setProperty(name, value);
        } else if (theApplications.add(name)) {
            lines.add(target + " was changed by the application itself, and is left as it is");
        }
        return true;
    }

    private boolean injects(Target target, Target.Kind kind) {
        return target.kind() == kind && winner(target) == null;
    }

    /** The given value that wins over this target, or null if the secret is injected. */
    private @Nullable String winner(Target target) {
        if (target.override()) {
            return null;
        }
        if (target.kind() == Target.Kind.ENVIRONMENT) {
            return environment.get(target.name());
        }
        return given.contains(target.name()) ? properties.getProperty(target.name()) : null;
    }

    private static @Nullable String refusal(Secret secret, Target target) {
        if (secret.value().indexOf('\0') >= 0) {
            return "secret " + secret + " has a NUL character, which " + target
                    + " cannot have; write encoding: base64 at it";
        }
        // What is shown here alone may be of any length.
        if (target.inherit()
                && target.name().getBytes(UTF_8).length + 1 + secret.value().getBytes(UTF_8).length
                        > LONGEST_VARIABLE) {
            return "secret " + secret + " is longer than the " + LONGEST_VARIABLE + " bytes that " + target
                    + " can be with its name; write inherit: false and hand it to children some other way";
        }
        return null;
    }
}
