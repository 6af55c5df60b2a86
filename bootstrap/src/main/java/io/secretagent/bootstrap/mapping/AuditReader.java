package io.secretagent.bootstrap.mapping;

import io.secretagent.audit.AuditSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code audit:}: a place, or a map with one. */
final class AuditReader {
    private static final long SMALLEST = 64 << 10;
    private static final int MOST_KEPT = 1000;

    private final Path folder;
    private final Expansion expansion;
    private final Problems problems;

    /**
     * @param folder the mapping's, which a file's path is relative to
     * @param expansion for the places, which may be another in each environment
     */
    AuditReader(Path folder, Expansion expansion, Problems problems) {
        this.folder = folder;
        this.expansion = expansion;
        this.problems = problems;
    }

    @Nullable AuditSettings read(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode) {
            String text = Scalars.text(node, "audit", problems);
            String to = text == null ? null : expansion.expand(text, node, "audit");
            return AuditSettings.to(to == null ? null : place(to, node));
        }
        return read(new ObjectReader(node, "audit", Grammar.AUDIT, expansion, problems));
    }

    private AuditSettings read(ObjectReader object) {
        if (!object.has("to") && !object.has("syslog")) {
            problems.error(object.node(), "audit has no place", "write to: stderr, to: FILE or syslog: tcp://HOST");
        }
        String to = object.text("to");
        Node at = object.value("to");
        return new AuditSettings(
                to == null || at == null ? null : place(to, at),
                object.flag("reads", false),
                object.flag("leaks", true),
                maxSize(object),
                keep(object),
                syslog(object));
    }

    private @Nullable String place(String to, Node at) {
        if (to.equals(AuditSettings.STDERR)) {
            return to;
        }
        try {
            return folder.resolve(to).normalize().toString();
        } catch (InvalidPathException e) {
            problems.error(at, "to is not a path", "write stderr, or a path, relative to the mapping's folder");
            return null;
        }
    }

    private static long maxSize(ObjectReader object) {
        String text = object.text("max-size");
        long size = text == null ? AuditSettings.MAX_SIZE : Scalars.size(text);
        if (size < SMALLEST) {
            object.wrong("max-size", "is not a size from 64KiB", "write a number and KiB, MiB or GiB, such as 10MiB");
            return AuditSettings.MAX_SIZE;
        }
        return size;
    }

    private static int keep(ObjectReader object) {
        String text = object.text("keep");
        int keep = text == null ? AuditSettings.KEEP : Scalars.number(text);
        if (keep < 0 || keep > MOST_KEPT) {
            object.wrong("keep", "is not a number up to " + MOST_KEPT, "write how many older files are kept");
            return AuditSettings.KEEP;
        }
        return keep;
    }

    private static @Nullable String syslog(ObjectReader object) {
        String text = object.text("syslog");
        if (text == null) {
            return null;
        }
        String mend = "write udp://HOST:514, tcp://HOST:601 or tls://HOST:6514";
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            String rest = uri.getRawPath() + uri.getRawQuery() + uri.getRawFragment() + uri.getRawUserInfo();
            if (scheme == null || !List.of("udp", "tcp", "tls").contains(scheme)) {
                object.wrong("syslog", "does not start with udp://, tcp:// or tls://", mend);
            } else if (uri.getHost() == null || uri.getPort() > 65_535 || !rest.equals("nullnullnull")) {
                object.wrong("syslog", "is not a host and a port", mend);
            } else {
                return text;
            }
        } catch (URISyntaxException e) {
            object.wrong("syslog", "is not a URL", mend);
        }
        return null;
    }
}
