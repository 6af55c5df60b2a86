package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Passed;
import java.util.ArrayList;
import java.util.List;

/** The rules for OpenTelemetry's SDK: a log's record, whichever appender makes it and whichever exporter sends it. */
final class OpenTelemetryRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String API = "io/opentelemetry/api/";
    private static final String LOGS = "io/opentelemetry/sdk/logs/";
    private static final String INTERNAL = "io/opentelemetry/sdk/internal/";
    private static final String BUILDER = LOGS + "SdkLogRecordBuilder";

    /** Where OpenTelemetry's own agent has what the SDK has not. */
    private static final String SHADED = "io/opentelemetry/javaagent/shaded/";

    static final List<Rule> ALL = all();

    /** The same within its agent: the classes have the SDK's names, and what they call others. */
    static final List<Rule> OF_ITS_AGENT = with(SHADED + API);

    private static List<Rule> all() {
        List<Rule> all = with(API);
        all.add(new Argument(BUILDER, "setBody", "(" + STRING + ")L" + BUILDER + ";"));
        return all;
    }

    private static List<Rule> with(String api) {
        String put = "(L" + api + "common/AttributeKey;" + OBJECT + ")" + OBJECT;
        String extendedPut = "(L" + api + "incubator/common/ExtendedAttributeKey;" + OBJECT + ")V";
        List<Rule> rules = new ArrayList<>();
        rules.add(new Argument(
                LOGS + "SdkLoggerProvider", "loggerBuilder", "(" + STRING + ")L" + api + "logs/LoggerBuilder;"));
        rules.add(new Passed(BUILDER, INTERNAL + "AttributesMap", "put", put));
        rules.add(new Passed(LOGS + "SdkReadWriteLogRecord", INTERNAL + "AttributesMap", "put", put));
        rules.add(new Passed(
                LOGS + "ExtendedSdkLogRecordBuilder", INTERNAL + "ExtendedAttributesMap", "put", extendedPut));
        rules.add(new Passed(
                LOGS + "ExtendedSdkReadWriteLogRecord", INTERNAL + "ExtendedAttributesMap", "put", extendedPut));
        return rules;
    }

    private OpenTelemetryRules() {}
}
