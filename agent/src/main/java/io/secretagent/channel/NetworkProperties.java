package io.secretagent.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The system properties of the application that its network needs, which the helper gets too. They cross on its stdin
 * and not on its command line, since a store's password is among them.
 */
final class NetworkProperties {
    private static final List<String> PASSED_ON = List.of(
            "javax.net.ssl.trustStore",
            "javax.net.ssl.trustStorePassword",
            "javax.net.ssl.trustStoreType",
            "javax.net.ssl.trustStoreProvider",
            "javax.net.ssl.keyStore",
            "javax.net.ssl.keyStorePassword",
            "javax.net.ssl.keyStoreType",
            "javax.net.ssl.keyStoreProvider",
            "http.proxyHost",
            "http.proxyPort",
            "http.nonProxyHosts",
            "https.proxyHost",
            "https.proxyPort",
            "java.net.useSystemProxies",
            "java.net.preferIPv4Stack",
            "java.net.preferIPv6Addresses",
            "jdk.net.hosts.file",
            "jdk.tls.client.protocols",
            "https.protocols",
            "java.security.properties",
            "com.redhat.fips",
            "org.bouncycastle.fips.approved_only");

    static Map<String, String> of(Properties properties) {
        Map<String, String> passed = new HashMap<>();
        for (String name : PASSED_ON) {
            String value = properties.getProperty(name);
            if (value != null) {
                passed.put(name, value);
            }
        }
        return passed;
    }

    private NetworkProperties() {}
}
