package io.secretagent.sink;

import io.secretagent.sink.Rule.Replaced;
import io.secretagent.sink.Rule.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules for the class behind {@code System.getenv}. Children do not come by what the first two show: what they are
 * given is made from another map than those two return.
 */
final class EnvironmentRules {
    static final String TYPE = "java/lang/ProcessEnvironment";

    private static final String MAP = "Ljava/util/Map;";
    private static final String STRING = "Ljava/lang/String;";

    private static final List<Rule> SHOWN = List.of(
            new Replaced(TYPE, "getenv", "(" + STRING + ")" + STRING, Bridge.VARIABLE),
            new Replaced(TYPE, "getenv", "()" + MAP, Bridge.ENVIRONMENT));

    /** What {@code ProcessBuilder.environment()} starts from, and what a child gets for which nobody has called that. */
    private static final List<Rule> INHERITED = List.of(
            new Replaced(TYPE, "environment", "()" + MAP, Bridge.CHILDS_ENVIRONMENT),
            new Shown(TYPE, "toEnvironmentBlock", "(" + MAP, Bridge.CHILDS_WITHOUT));

    static List<Rule> of(boolean inherited) {
        List<Rule> rules = new ArrayList<>(SHOWN);
        if (inherited) {
            rules.addAll(INHERITED);
        }
        return rules;
    }

    private EnvironmentRules() {}
}
