package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Passed;
import java.util.List;

/** The rules for appenders of others that are the same for every framework, and for logs without a framework. */
final class OtherRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String GELF = "biz/paluch/logging/gelf/intern/";
    private static final String GELF_MESSAGE = GELF + "GelfMessage";

    static final List<Rule> ALL = List.of(
            // logstash-gelf: a value in front of every way of it into bytes, of which some are compressed or in pieces;
            // and in front of what takes it for a number, in which it would not be known any more.
            new Passed(
                    GELF_MESSAGE,
                    GELF_MESSAGE,
                    "writeIfNotEmpty",
                    "(L" + GELF + "OutputAccessor;Z" + STRING + OBJECT + ")Z"),
            new Argument(GELF_MESSAGE, "getAdditionalFieldValue", "(" + STRING + STRING + ")" + OBJECT),
            // Sentry: each item of an envelope, before its length is told. Attachments are items too.
            new Called(
                    "io/sentry/SentryEnvelopeItem$CachedItem", "java/util/concurrent/Callable", "call", "()" + OBJECT),
            // The traces that H2 writes beside its databases.
            new Called(
                    "org/h2/message/TraceSystem",
                    "org/h2/util/IOUtils",
                    "getBufferedWriter",
                    "(Ljava/io/OutputStream;)Ljava/io/Writer;"));

    private OtherRules() {}
}
