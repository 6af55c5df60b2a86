package io.secretagent.bootstrap.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** A mapping with at least one error; carries all problems that were found, in the order of their places. */
public final class InvalidMappingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidMappingException(List<Problem> problems) {
        super(problems.stream().map(Problem::line).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
