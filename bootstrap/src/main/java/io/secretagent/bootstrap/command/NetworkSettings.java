package io.secretagent.bootstrap.command;

import io.secretagent.channel.Target;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The system properties by which this process connects as the application would. */
final class NetworkSettings {
    private static final String SECURITY = "java.security.properties";
    private static final String STORES = "javax.net.ssl.";

    /** Before any of them is read: the first connection freezes most of these. */
    static void adopt(Map<String, String> network) {
        System.getProperties().putAll(network);
    }

    /**
     * Takes back the stores whose passwords are among the secrets: they can be opened when those are there. Until then
     * the JVM's own trust store holds, and no client certificate.
     *
     * @param given the properties that the application was started with
     */
    static void closeStores(List<Target> targets, Set<String> given) {
        for (String store : List.of("keyStore", "trustStore")) {
            String password = STORES + store + "Password";
            if (!given.contains(password) && isProperty(targets, password)) {
                for (String setting : List.of("", "Type", "Provider")) {
                    System.clearProperty(STORES + store + setting);
                }
            }
        }
    }

    /** Why this process cannot connect to anything: a line, or null. */
    static @Nullable String lackingProviders() {
        String properties = System.getProperty(SECURITY);
        if (properties == null) {
            return null;
        }
        try {
            MessageDigest.getInstance("SHA-256");
            SSLContext.getInstance("TLS");
            return null;
        } catch (NoSuchAlgorithmException e) {
            // With a sign of equality in front it stands in the place of the JDK's.
            String file = properties.startsWith("=") ? properties.substring(1) : properties;
            return SECURITY + " (" + file + ") names security providers that the helper process has not; set"
                    + " SECRET_AGENT_HELPER_OPTS=-Xbootclasspath/a: with their jars, separated by :";
        }
    }

    private static boolean isProperty(List<Target> targets, String name) {
        for (Target target : targets) {
            if (target.kind() == Target.Kind.PROPERTY && target.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private NetworkSettings() {}
}
