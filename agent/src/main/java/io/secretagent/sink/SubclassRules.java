package io.secretagent.sink;

import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.ReturnedOfAny;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules for classes whose names nobody can know, because of what they extend: from the first object of such a class
 * on. What they extend needs a rule that shows its objects to {@link Bridge#SUBCLASS}.
 */
final class SubclassRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String FORMATTER = "java/util/logging/Formatter";
    private static final String FORMAT = "(Ljava/util/logging/LogRecord;)" + STRING;
    private static final String FRAME = "(Ljava/util/logging/Handler;)" + STRING;
    private static final String BYTES = "[B";
    private static final String TO_BYTES = "()" + BYTES;

    /** Logback's own, which either have rules of their own or bring no text themselves: most applications have these. */
    private static final Set<String> RULED_BY_NAME = Set.of(
            LogbackRules.MASKED_ENCODER,
            LogbackRules.MASKED_LAYOUT,
            LogbackRules.LOGBACK + "encoder/EncoderBase",
            LogbackRules.LOGBACK + "LayoutBase",
            LogbackRules.LOGBACK + "pattern/PatternLayoutBase",
            LogbackRules.LOGBACK + "pattern/PatternLayoutEncoderBase",
            "ch/qos/logback/classic/encoder/PatternLayoutEncoder");

    /** Those of the class, none for most. */
    static List<Rule> of(Class<?> type) {
        String name = slashed(type);
        List<Rule> rules = new ArrayList<>();
        if (extend(type, FORMATTER)) {
            rules.add(new Returned(name, "format", FORMAT));
            rules.add(new Returned(name, "formatMessage", FORMAT));
            rules.add(new Returned(name, "getHead", FRAME));
            rules.add(new Returned(name, "getTail", FRAME));
        } else if (extend(type, LogbackRules.OF_A_CONTEXT) && !RULED_BY_NAME.contains(name)) {
            // Appenders, filters and the like are of a context too, and bring nothing.
            if (implement(type, LogbackRules.ENCODER)) {
                rules.add(new ReturnedOfAny(name, "encode", BYTES));
                rules.add(new Returned(name, "headerBytes", TO_BYTES));
                rules.add(new Returned(name, "footerBytes", TO_BYTES));
            }
            if (implement(type, LogbackRules.LAYOUT)) {
                rules.add(new ReturnedOfAny(name, "doLayout", STRING));
            }
        } else if (extend(type, Log4jRules.LAYOUT) && !Log4jRules.LAYOUTS_RULED_BY_NAME.contains(name)) {
            rules.add(new ReturnedOfAny(name, "toSerializable", STRING));
            rules.add(new ReturnedOfAny(name, "toSerializable", BYTES));
            rules.add(new ReturnedOfAny(name, "toByteArray", BYTES));
            rules.add(new Returned(name, "getHeader", TO_BYTES));
            rules.add(new Returned(name, "getFooter", TO_BYTES));
        }
        return rules;
    }

    private static boolean extend(Class<?> type, String extended) {
        for (Class<?> above = type.getSuperclass(); above != null; above = above.getSuperclass()) {
            if (slashed(above).equals(extended)) {
                return true;
            }
        }
        return false;
    }

    private static boolean implement(Class<?> type, String implemented) {
        for (Class<?> direct : type.getInterfaces()) {
            if (slashed(direct).equals(implemented) || implement(direct, implemented)) {
                return true;
            }
        }
        return type.getSuperclass() != null && implement(type.getSuperclass(), implemented);
    }

    private static String slashed(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private SubclassRules() {}
}
