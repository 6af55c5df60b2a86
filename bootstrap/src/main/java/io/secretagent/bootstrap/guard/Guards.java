package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import java.util.List;
import java.util.Map;

/** The guards that need no values, besides those of the mapping's parser. */
public final class Guards {

    /** Looks at the mapping, its folder and its backends' credential files, before anything is fetched. */
    public static List<Problem> ofMapping(Mapping mapping, Map<String, String> environment) {
        Findings findings = new Findings(mapping);
        MappingFolder.check(mapping, findings);
        new CredentialFiles(environment, findings).check(mapping);
        RotationPolicies.check(mapping, findings);
        return findings.problems();
    }

    /** Whether one of them forbids the start. */
    public static boolean anyError(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    private Guards() {}
}
