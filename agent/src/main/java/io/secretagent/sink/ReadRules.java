package io.secretagent.sink;

import io.secretagent.sink.Rule.Shown;
import java.util.List;

/** The rules that show which properties are read by name. */
final class ReadRules {
    private static final String PROPERTIES = "java/util/Properties";

    static final List<Rule> ALL = List.of(
            new Shown(PROPERTIES, "getProperty", "(Ljava/lang/String;)", Bridge.READ),
            new Shown(PROPERTIES, "get", "(Ljava/lang/Object;)", Bridge.READ),
            new Shown(PROPERTIES, "getOrDefault", "(Ljava/lang/Object;", Bridge.READ));

    private ReadRules() {}
}
