package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Passed;
import java.util.List;

/**
 * The rules for what reports exceptions and traces to a service: each where it writes them down, before any length is
 * stated. For Sentry see {@link OtherRules}.
 */
final class ReportRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String CHARACTERS = "Ljava/lang/CharSequence;";
    private static final String ROLLBAR = "com/rollbar/notifier/sender/";
    private static final String BRAVE_JSON = "brave/internal/codec/JsonEscaper";
    private static final String ELASTIC = "co/elastic/apm/agent/report/serialize/DslJsonSerializer";
    /** Newer versions have the most of it here. */
    private static final String ELASTIC_VALUES = "co/elastic/apm/agent/tracer/metrics/DslJsonUtil";

    private static final String ELASTIC_JSON = "com/dslplatform/json/JsonWriter";
    private static final String DATADOG = "datadog/communication/serialization/";
    private static final String NEW_RELIC_JSON = "com/newrelic/agent/deps/org/json/simple/JSONValue";

    static final List<Rule> ALL = List.of(
            new Called(
                    ROLLBAR + "SyncSender",
                    ROLLBAR + "json/JsonSerializer",
                    "toJson",
                    "(Lcom/rollbar/api/payload/Payload;)" + STRING),
            new Argument(
                    "com/bugsnag/serialization/DefaultSerializer",
                    "writeToStream",
                    "(Ljava/io/OutputStream;Ljava/lang/Object;)V"),
            // Brave, which counts the bytes first: to Zipkin, Micrometer's spans too.
            new Argument(BRAVE_JSON, "jsonEscapedSizeInBytes", "(" + CHARACTERS + ")I"),
            new Argument(BRAVE_JSON, "jsonEscape", "(" + CHARACTERS + "Lbrave/internal/codec/WriteBuffer;)V"));

    /** Of agents, whose classes are in their jars under other names: the versions they were tried with are in the docs. */
    static final List<Rule> OF_AGENTS = List.of(
            // Elastic's: what its own serializer hands to a library that an application may have too.
            new Passed(ELASTIC, ELASTIC_JSON, "writeString", "(" + CHARACTERS + ")V"),
            new Passed(ELASTIC_VALUES, ELASTIC_JSON, "writeString", "(" + CHARACTERS + ")V"),
            new Passed(ELASTIC + "$Writer", ELASTIC_JSON, "writeString", "(" + CHARACTERS + ")V"),
            new Passed(ELASTIC + "$Writer", ELASTIC_JSON, "writeString", "(" + STRING + ")V"),
            // Datadog's.
            new Argument(
                    DATADOG + "msgpack/MsgPackWriter",
                    "writeString",
                    "(" + CHARACTERS + "L" + DATADOG + "EncodingCache;)V"),
            new Argument(
                    DATADOG + "msgpack/MsgPackWriter",
                    "writeObject",
                    "(Ljava/lang/Object;L" + DATADOG + "EncodingCache;)V"),
            new Argument(
                    DATADOG + "msgpack/MsgPackWriter",
                    "writeObjectString",
                    "(Ljava/lang/Object;L" + DATADOG + "EncodingCache;)V"),
            // New Relic's.
            new Argument(NEW_RELIC_JSON, "escape", "(" + STRING + "Ljava/lang/StringBuffer;)V"));

    private ReportRules() {}
}
