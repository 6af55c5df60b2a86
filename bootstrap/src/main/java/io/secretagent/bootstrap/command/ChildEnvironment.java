package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.fetch.Credentials;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.run.Environ;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a child that is no JVM finds in its environment: the operator's variables and the mapping's secrets. */
final class ChildEnvironment {
    /** The launcher sets these for this JVM alone, and keeps what they were. */
    private static final List<String> KEPT =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "_JAVA_SR_SIGNUM", "LC_ALL");

    private static final String KEPT_AS = "SECRET_AGENT_KEPT_";

    /** The system's limit for a variable: 32 pages with the name, the sign between, and a zero behind. */
    private static final int LONGEST = 131_071;

    private final Mapping mapping;
    private final Map<String, String> given;
    private final Map<String, String> added = new LinkedHashMap<>();

    /** A variable that the system cannot have; carries one line for a person. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String line) {
            super(line);
        }

        String line() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param given what this process has
     */
    ChildEnvironment(Mapping mapping, Map<String, String> given) {
        this.mapping = mapping;
        this.given = given;
    }

    /** Adds a secret under its variables, but for those that are given and not overridden. */
    void add(Secret secret) throws RefusedException {
        for (Target target : secret.targets()) {
            if (target.kind() == Target.Kind.ENVIRONMENT && !wins(target)) {
                refuse(secret.name(), target.name(), secret.value());
                added.put(target.name(), secret.value());
            }
        }
    }

    /** Whether a variable that this process was given stays. */
    boolean wins(Target target) {
        return target.kind() == Target.Kind.ENVIRONMENT && !target.override() && given.containsKey(target.name());
    }

    /** Makes a copy of this process' environment the child's. */
    void applyTo(Environ environment) {
        for (String variable : KEPT) {
            if (!environment.rename(KEPT_AS + variable, variable)) {
                environment.remove(variable);
            }
        }
        // The child is given secrets, not the keys to all of them.
        for (String variable : Credentials.variables(mapping, given)) {
            if (!isMapped(variable)) {
                environment.remove(variable);
            }
        }
        added.forEach(environment::put);
    }

    private boolean isMapped(String variable) {
        for (Target target : Targets.of(mapping)) {
            if (target.kind() == Target.Kind.ENVIRONMENT && target.name().equals(variable)) {
                return true;
            }
        }
        return false;
    }

    private static void refuse(String secret, String variable, String value) throws RefusedException {
        if (value.indexOf('\0') >= 0) {
            throw new RefusedException("secret " + secret + " has a NUL character, which env " + variable
                    + " cannot; write encoding: base64 at it");
        }
        if (variable.getBytes(UTF_8).length + 1 + value.getBytes(UTF_8).length > LONGEST) {
            throw new RefusedException("secret " + secret + " is longer than the " + LONGEST + " bytes that env "
                    + variable + " can be with its name; have the command read it from a file");
        }
    }
}
