package io.secretagent.sink;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.audit.Caller;
import io.secretagent.audit.QueuedAudit;
import io.secretagent.audit.Who;
import io.secretagent.mask.MaskListener;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records where a mask was needed, once for each secret and place: the class, method and line that tried to print it. Where
 * that has gone by, because a thread of a logging framework writes what others have logged, it is the thread.
 */
public final class Leaks implements MaskListener {
    /** An application that makes classes all the time is not followed for ever. */
    private static final int MOST_PLACES = 10_000;

    private static final String[] OURS = {
        "io.secretagent.mask.",
        "io.secretagent.sink.",
        "io.secretagent.audit.",
        "io.secretagent.inject.",
        "io.secretagent.refresh.",
        "java.lang.SecretAgentBridge"
    };

    /** The JDK, logging frameworks and what prints for a language. */
    private static final String[] PASSED = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "com.sun.",
        "ch.qos.logback.",
        "org.slf4j.",
        "org.apache.logging.",
        "org.apache.log4j.",
        "org.apache.juli.",
        "org.apache.commons.logging.",
        "org.jboss.logmanager.",
        "org.jboss.logging.",
        "org.jboss.stdio.",
        "org.tinylog.",
        "org.pmw.tinylog.",
        "net.logstash.logback.",
        "net.logstash.log4j.",
        "co.elastic.logging.",
        "de.siegmar.logbackgelf.",
        "biz.paluch.logging.",
        "com.github.loki4j.",
        "com.github.danielwegener.logback.",
        "com.google.common.flogger.",
        "io.sentry.",
        "io.opentelemetry.",
        "org.eclipse.jetty.logging.",
        "org.eclipse.jetty.util.log.",
        "org.springframework.boot.logging.",
        "org.springframework.core.log.",
        "io.github.oshai.kotlinlogging.",
        "mu.",
        "kotlin.io.",
        "com.typesafe.scalalogging.",
        "scala.Console",
        "scala.Predef",
        "org.codehaus.groovy.",
        "groovy.util.logging.",
        "clojure.tools.logging."
    };

    private final QueuedAudit audit;
    private final Masker masker;
    private final Map<String, String> backends = new ConcurrentHashMap<>();
    private final Set<String> places = ConcurrentHashMap.newKeySet();

    public Leaks(QueuedAudit audit, Masker masker) {
        this.audit = audit;
        this.masker = masker;
    }

    /** The backend of a secret, for what is recorded of it. */
    public void know(String secret, String backend) {
        backends.put(secret, backend);
    }

    @Override
    public void masked(String name, @Nullable MaskingStream stream) {
        // What the audit writes itself is not recorded: it may be on its way to standard error.
        if (audit.isRecording() || places.size() >= MOST_PLACES) {
            return;
        }
        try {
            record(name, stream);
        } catch (RuntimeException | LinkageError e) {
            // Whoever logs must not notice.
            return;
        }
    }

    private void record(String name, @Nullable MaskingStream stream) {
        Caller.Found found = Walker.CALLER.find();
        StackFrame nearest = found.nearest();
        String target = stream != null ? stream.toString() : nearest == null ? "a text" : nearest.getClassName();
        StackFrame caller = found.caller();
        Who who;
        String place;
        if (caller == null) {
            place = masker.maskQuietly(Thread.currentThread().getName());
            who = new Who.Worker(place);
        } else {
            place = caller.getClassName() + '\n' + caller.getMethodName() + '\n' + caller.getLineNumber();
            who = new Who.Code(caller.getClassName(), caller.getMethodName(), caller.getLineNumber());
        }
        if (places.add(name + '\n' + target + '\n' + place)) {
            audit.record(AuditEvent.of(Kind.LEAK)
                    .secret(name, backends.get(name), null)
                    .target(target)
                    .outcome("masked")
                    .by(who));
        }
    }

    /** Loaded by the first leak, and not at the start. */
    private static final class Walker {
        static final Caller CALLER = new Caller(OURS, PASSED);
    }
}
