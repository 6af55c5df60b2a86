package io.secretagent.channel;

import io.secretagent.audit.AuditSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One record of the channel. The agent sends one {@link Request} on the helper's stdin, and after it {@link Audited} if
 * the helper is to pass those on. The helper answers on its stdout with {@link Settings}, {@link Auditing} if it is
 * wanted, {@link Targets}, then {@link Fetched}, {@link Masked} and {@link Problem} in any number and order, and one
 * {@link End}; without the end mark nothing that came before it counts.
 *
 * <p>If the settings say that it refreshes, both go on for as long as both live. The helper sends a {@link Changed} when
 * secrets have changed, which the agent answers with {@link Applied}; {@link Revoked} when one can be read no more; and a
 * {@link Notice} when a person should know of something. The agent sends {@link Ask} when it does not want to wait, and
 * the helper answers with {@link Answered} after whatever changes it found. The end of either stream ends the other side.
 */
public sealed interface ChannelRecord {

    /**
     * What the helper cannot know by itself.
     *
     * @param mapping the path of the mapping, relative to the working directory that both share
     * @param network the system properties that a connection needs: trust store, proxies, name resolution
     * @param givenProperties names of all system properties that the application was started with: secrets whose
     *     targets are all given are not fetched
     * @param resumes whether the application runs already, and its helper before this one has died. Then there is no fetch
     *     before the end mark, and changes are sent of all that the application has
     * @param held the names of the secrets that it has; none if this is its first helper
     */
    record Request(
            String mapping, Map<String, String> network, Set<String> givenProperties, boolean resumes, Set<String> held)
            implements ChannelRecord {
        public Request {
            network = Map.copyOf(network);
            givenProperties = Set.copyOf(givenProperties);
            held = Set.copyOf(held);
        }

        /** Of an application that starts. */
        public Request(String mapping, Map<String, String> network, Set<String> givenProperties) {
            this(mapping, network, givenProperties, false, Set.of());
        }

        /** The mapping's path; the properties can hold the trust store's password. */
        @Override
        public String toString() {
            return "Request[" + mapping + "]";
        }
    }

    /**
     * What the agent needs of the mapping.
     *
     * @param timeoutMillis the deadline of the whole fetch, from the start of the helper
     * @param replacement what stands in the place of a masked value; {@code {name}} in it becomes the secret's name
     * @param minimumLength values with fewer characters are not masked
     * @param maskStdout whether standard output is masked; it is data for some command-line tools
     * @param overlap whether {@code main} starts before the secrets are there
     * @param refreshes whether the helper stays after the end mark
     * @param pools whether connection pools are given new passwords
     */
    record Settings(
            long timeoutMillis,
            String replacement,
            int minimumLength,
            boolean maskStdout,
            boolean overlap,
            boolean refreshes,
            boolean pools)
            implements ChannelRecord {}

    /**
     * That events are to be recorded, and where; comes after the settings, or not at all.
     *
     * @param settings their {@code syslog} means that the agent's lines for it go to the helper, as {@link Audited}
     */
    record Auditing(AuditSettings settings) implements ChannelRecord {}

    /**
     * From the agent to the helper: a line that the application's JVM has recorded, for syslog. It opens no socket itself.
     *
     * @param kind the event's word
     * @param line as it stands in the audit
     */
    record Audited(String kind, String line) implements ChannelRecord {}

    /** All targets that the mapping names, before anything is fetched; with {@code *} those that begin like that. */
    record Targets(List<Target> targets) implements ChannelRecord {
        public Targets {
            targets = List.copyOf(targets);
        }
    }

    /** A secret to be masked, then injected. */
    record Fetched(Secret secret) implements ChannelRecord {}

    /**
     * A value that is masked and injected nowhere: a field of a JSON secret, a backend's credential.
     *
     * @param name what a mask may call it; never the value
     */
    record Masked(String name, String value) implements ChannelRecord {
        /** The name; never the value. */
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * One line for a person.
     *
     * @param exitCode what the JVM ends with, or 0 for a warning
     * @param line what, where, why and the mend; never a value
     */
    record Problem(int exitCode, String line) implements ChannelRecord {
        private static final int[] GRAVEST_FIRST = {78, 77, 66, 70, 69};

        /** The exit code of several: 0 if all are warnings. */
        public static int gravest(List<Problem> problems) {
            for (int code : GRAVEST_FIRST) {
                for (Problem problem : problems) {
                    if (problem.exitCode() == code) {
                        return code;
                    }
                }
            }
            for (Problem problem : problems) {
                if (problem.exitCode() != 0) {
                    return problem.exitCode();
                }
            }
            return 0;
        }
    }

    /**
     * The end mark.
     *
     * @param secrets how many {@link Fetched} came before it, so that a lost one is noticed
     */
    record End(int secrets) implements ChannelRecord {}

    /**
     * Secrets that have changed, all at once: what belongs together, as a user and its password, comes together.
     *
     * @param number counts these records
     * @param masked values to be masked and injected nowhere
     * @param secrets each to be masked, and when all of them are, injected
     */
    record Changed(int number, List<Masked> masked, List<Secret> secrets) implements ChannelRecord {
        public Changed {
            masked = List.copyOf(masked);
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * The changes of this number are in place.
     *
     * @param number of a {@link Changed}
     * @param names of the secrets among them that the application had not in this version
     */
    record Applied(int number, Set<String> names) implements ChannelRecord {
        public Applied {
            names = Set.copyOf(names);
        }
    }

    /**
     * A secret was deleted or disabled, or may not be read any more.
     *
     * @param targets where its last value is
     * @param then what becomes of that
     * @param exitCode what the JVM ends with, if it does
     * @param line for a person
     */
    record Revoked(String name, String backend, List<Target> targets, Then then, int exitCode, String line)
            implements ChannelRecord {
        public Revoked {
            targets = List.copyOf(targets);
        }

        /** The mapping's {@code on-revoked}. */
        public enum Then {
            KEEP,
            CLEAR,
            EXIT
        }
    }

    /** A line for a person, without consequences. */
    record Notice(String line) implements ChannelRecord {}

    /**
     * The agent wants to know now.
     *
     * @param number counts these records
     * @param names of the secrets; empty for all of them
     */
    record Ask(int number, Set<String> names) implements ChannelRecord {
        public Ask {
            names = Set.copyOf(names);
        }
    }

    /**
     * What was asked for was looked at; what had changed was sent before.
     *
     * @param number of an {@link Ask}
     */
    record Answered(int number) implements ChannelRecord {}
}
