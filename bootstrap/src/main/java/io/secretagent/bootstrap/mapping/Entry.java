package io.secretagent.bootstrap.mapping;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One line of the mapping: a secret name and what becomes of its value. A name with a list of targets makes an entry a
 * target.
 *
 * @param defaultValue what is injected when the secret is not found; not masked, since the mapping shows it
 * @param mask whether it is masked, or null for the rule (a JSON field with a known harmless name is not)
 * @param refresh how often a new version is looked for, or null for the backend's or the mapping's
 * @param guards what is otherwise for this secret than the mapping says
 */
public record Entry(
        Place place,
        SecretName name,
        Reading reading,
        Injection injection,
        boolean required,
        @Nullable String defaultValue,
        @Nullable Boolean mask,
        @Nullable Duration refresh,
        @Nullable OnRevoked onRevoked,
        Policy policy,
        GuardLevels guards) {

    /** Of where it stands, which no two share. Written out: that of a record makes the JDK spin classes for each of its parts. */
    @Override
    public int hashCode() {
        return 31 * place.line() + place.column();
    }

    /** An entry with the mapping's guards. */
    public Entry(
            Place place,
            SecretName name,
            Reading reading,
            Injection injection,
            boolean required,
            @Nullable String defaultValue,
            @Nullable Boolean mask,
            @Nullable Duration refresh,
            @Nullable OnRevoked onRevoked,
            Policy policy) {
        this(
                place,
                name,
                reading,
                injection,
                required,
                defaultValue,
                mask,
                refresh,
                onRevoked,
                policy,
                GuardLevels.UNSET);
    }

    /**
     * What is read, and how its bytes become text.
     *
     * @param version the backend's id of one version, or null for the current one
     * @param stage the backend's label of a version (AWS), or null for the current one
     * @param base64 whether the stored bytes are injected as base64 text, for values that are not text
     * @param trim whether one trailing newline is dropped; directory backend only
     * @param allowEmpty whether an empty value is a value, and not a failure
     */
    public record Reading(
            @Nullable String version, @Nullable String stage, boolean base64, boolean trim, boolean allowEmpty) {}

    /**
     * Where it goes. For {@link SecretName.Selection.AllFields} the names end in {@code *}, which stands for the field's
     * key.
     *
     * @param template composes the value from the fields of a JSON secret, or null
     * @param override whether a value given with {@code -D} or in the environment is replaced
     * @param inherit whether children of the application see the environment variable
     */
    public record Injection(
            @Nullable String property,
            @Nullable String env,
            @Nullable Template template,
            boolean override,
            boolean inherit) {}

    /** What people and the {@code age} command are told; nothing at start depends on it. */
    public record Policy(
            @Nullable Duration rotate,
            @Nullable String priority,
            @Nullable String purpose,
            @Nullable String provider) {}

    /** What happens to an injected value when its secret is revoked. */
    public enum OnRevoked {
        KEEP,
        CLEAR,
        EXIT
    }
}
