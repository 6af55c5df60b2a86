package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link FetchFromAzure} in a child JVM, and what it says. */
final class AzureFetch {
    /** Asked for by a careless environment: a body or a header in a log would be a leak. */
    private static final Map<String, String> LOUD =
            Map.of("AZURE_LOG_LEVEL", "verbose", "AZURE_HTTP_LOG_DETAIL_LEVEL", "BODY_AND_HEADERS");

    private final Path home;
    private final Path hosts;
    private final String url;
    private final Map<String, String> environment = new LinkedHashMap<>(LOUD);
    private @Nullable Certificate trusted;
    private boolean verify = true;
    private @Nullable String authority;
    private @Nullable String client;
    private @Nullable String tenant;
    private long timeout = 30_000;
    private Jdks.Jdk jdk = Jdks.current();

    /** How it ended: its lines by location, and the milliseconds of the fetch. */
    record Result(ChildJvm.Result process, Map<String, String> lines, long took) {
        String line(String location) {
            return lines.getOrDefault(location, "absent");
        }
    }

    AzureFetch(Path home, Path hosts, String url) {
        this.home = home;
        this.hosts = hosts;
        this.url = url;
    }

    AzureFetch trusting(Certificate certificate) {
        trusted = certificate;
        return this;
    }

    AzureFetch withoutVerification() {
        verify = false;
        return this;
    }

    AzureFetch authority(String host) {
        authority = host;
        return this;
    }

    AzureFetch client(String id) {
        client = id;
        return this;
    }

    AzureFetch tenant(String id) {
        tenant = id;
        return this;
    }

    AzureFetch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    AzureFetch on(Jdks.Jdk other) {
        jdk = other;
        return this;
    }

    AzureFetch timeout(long milliseconds) {
        timeout = milliseconds;
        return this;
    }

    Result run(List<String> locations) throws IOException, InterruptedException {
        // No az, azd or pwsh of this machine, and nobody's login.
        ChildJvm child = ChildJvm.on(jdk)
                .option("-Djdk.net.hosts.file=" + hosts)
                .option("-Duser.home=" + home)
                .environment("HOME", home.toString())
                .environment("PATH", home.toString());
        for (String entry : testClassPath()) {
            child.classPath(Path.of(entry));
        }
        environment.forEach(child::environment);
        if (trusted != null) {
            child.option("-Djavax.net.ssl.trustStore=" + trusted.keyStore());
            child.option("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD);
        }
        List<String> arguments = new ArrayList<>(
                List.of(url, Boolean.toString(verify), dash(authority), dash(client), dash(tenant), "" + timeout));
        arguments.addAll(locations);
        return parse(child.run(FetchFromAzure.class, arguments.toArray(String[]::new)));
    }

    private static Result parse(ChildJvm.Result process) {
        Map<String, String> lines = new LinkedHashMap<>();
        long took = -1;
        for (String line : process.out().lines().toList()) {
            if (line.startsWith("took ")) {
                took = Long.parseLong(line.substring("took ".length()));
            } else {
                int colon = line.indexOf(": ");
                lines.put(colon < 0 ? line : line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return new Result(process, lines, took);
    }

    /** Surefire hides it behind a jar that only has a manifest. */
    private static List<String> testClassPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(path.split(":", -1));
    }

    private static String dash(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
