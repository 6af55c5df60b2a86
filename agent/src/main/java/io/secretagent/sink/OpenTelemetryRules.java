package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Returned;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules for OpenTelemetry's SDK: a log's record, whichever appender makes it and whichever exporter sends it; and a span,
 * which has the exceptions that ended it, as the exporter sees it. The span itself stays as it is.
 */
final class OpenTelemetryRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String API = "io/opentelemetry/api/";
    private static final String LOGS = "io/opentelemetry/sdk/logs/";
    private static final String BUILDER = LOGS + "SdkLogRecordBuilder";
    private static final String RECORD = LOGS + "SdkReadWriteLogRecord";

    /** What adds attributes of its own kind, or leaves that to what it extends from 1.61 on. */
    static final String EXTENDED_BUILDER = LOGS + "ExtendedSdkLogRecordBuilder";

    private static final String EXTENDED_RECORD = LOGS + "ExtendedSdkReadWriteLogRecord";

    /** Where the maps of attributes are: until 1.5x, and since. */
    private static final String[] INTERNAL = {"io/opentelemetry/sdk/internal/", "io/opentelemetry/sdk/common/internal/"
    };

    /** Where OpenTelemetry's own agent has what the SDK has not. */
    private static final String SHADED = "io/opentelemetry/javaagent/shaded/";

    private static final String EXPORTED_SPAN = "io/opentelemetry/sdk/trace/SpanWrapper";

    static final List<Rule> ALL = List.of(
            new Argument(BUILDER, "setBody", "(" + STRING + ")L" + BUILDER + ";"),
            named(API, "loggerBuilder", "LoggerBuilder"),
            named(API, "get", "Logger"),
            new Returned(EXPORTED_SPAN, "getName", "()" + STRING),
            new Returned(EXPORTED_SPAN, "getEvents", "()Ljava/util/List;"),
            new Returned(EXPORTED_SPAN, "getStatus", "()Lio/opentelemetry/sdk/trace/data/StatusData;"),
            spanAttributes(API));

    /** A record's attributes, the context and the exception among them. */
    static final List<Rule> IN_SOME_VERSIONS = attributes(API);

    /**
     * The same within its agent: the classes have the SDK's names, and what they call others. Six of them are for versions
     * of the agent other than those that are tested.
     */
    static final List<Rule> OF_ITS_AGENT = ofItsAgent();

    private static List<Rule> ofItsAgent() {
        List<Rule> rules = attributes(SHADED + API);
        rules.add(named(SHADED + API, "loggerBuilder", "LoggerBuilder"));
        rules.add(spanAttributes(SHADED + API));
        return rules;
    }

    private static Rule spanAttributes(String api) {
        return new Returned(EXPORTED_SPAN, "getAttributes", "()L" + api + "common/Attributes;");
    }

    private static Rule named(String api, String method, String returned) {
        return new Argument(LOGS + "SdkLoggerProvider", method, "(" + STRING + ")L" + api + "logs/" + returned + ";");
    }

    private static List<Rule> attributes(String api) {
        String put = "(L" + api + "common/AttributeKey;" + OBJECT + ")";
        String extendedPut = "(L" + api + "incubator/common/ExtendedAttributeKey;" + OBJECT + ")";
        List<Rule> rules = new ArrayList<>();
        for (String internal : INTERNAL) {
            rules.add(new Passed(BUILDER, internal + "AttributesMap", "put", put + OBJECT));
            rules.add(new Passed(RECORD, internal + "AttributesMap", "put", put + OBJECT));
            String extended = internal + "ExtendedAttributesMap";
            rules.add(new Passed(EXTENDED_BUILDER, extended, "put", extendedPut + OBJECT));
            rules.add(new Passed(EXTENDED_RECORD, extended, "put", extendedPut + OBJECT));
        }
        // Which returned nothing at first.
        rules.add(new Passed(BUILDER, INTERNAL[0] + "AttributesMap", "put", put + "V"));
        rules.add(new Passed(RECORD, INTERNAL[0] + "AttributesMap", "put", put + "V"));
        String extended = INTERNAL[0] + "ExtendedAttributesMap";
        rules.add(new Passed(EXTENDED_BUILDER, extended, "put", extendedPut + "V"));
        rules.add(new Passed(EXTENDED_RECORD, extended, "put", extendedPut + "V"));
        return rules;
    }

    private OpenTelemetryRules() {}
}
