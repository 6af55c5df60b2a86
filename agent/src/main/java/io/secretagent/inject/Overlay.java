package io.secretagent.inject;

import io.secretagent.audit.Reads;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The variables that {@code System.getenv} shows in this process and that the process' environment does not have: not in
 * {@code /proc/PID/environ}, and not in children unless a variable says {@code inherit}.
 */
public final class Overlay implements Consumer<Map<String, String>> {
    private final Map<String, String> real;
    private final Map<String, String> shown;
    private volatile State state;
    private final AnyRead anyRead;
    private volatile @Nullable Awaited awaited;
    private volatile @Nullable Reads reads;

    /**
     * Shows nothing but the environment, for a start.
     *
     * @param real the process' environment, as the JDK shows it
     * @param anyRead is told which variables are read
     */
    Overlay(Map<String, String> real, AnyRead anyRead) {
        this.real = real;
        this.anyRead = anyRead;
        this.state = new State(Map.of(), real, Map.of());
        // The same class as without an overlay: whoever tries to change it gets the same exception.
        this.shown = Collections.unmodifiableMap(new OverlaidEnvironment(this));
    }

    /**
     * Shows these variables from now on, and the ones before.
     *
     * @param toChildren the names of those that children are given
     */
    void add(Map<String, String> more, Set<String> toChildren) {
        Map<String, String> variables = new LinkedHashMap<>(state.variables);
        variables.putAll(more);
        Map<String, String> environment = new LinkedHashMap<>(real);
        environment.putAll(variables);
        Map<String, String> inherited = new LinkedHashMap<>(state.inherited);
        for (String name : toChildren) {
            inherited.put(name, Objects.requireNonNull(more.get(name)));
        }
        state = new State(variables, environment, inherited);
    }

    /** Shows the value of a variable no more, if it is still the overlay's. */
    void remove(String name) {
        Map<String, String> variables = new LinkedHashMap<>(state.variables);
        Map<String, String> inherited = new LinkedHashMap<>(state.inherited);
        variables.remove(name);
        inherited.remove(name);
        Map<String, String> environment = new LinkedHashMap<>(real);
        environment.putAll(variables);
        state = new State(variables, environment, inherited);
    }

    /** What it shows of a variable itself, or null. */
    @Nullable String value(String name) {
        return state.variables.get(name);
    }

    /** Takes out of a child's environment what it would get from here, for a child that is not the application's. */
    @Override
    public void accept(Map<String, String> childs) {
        for (String name : state.inherited.keySet()) {
            String own = real.get(name);
            if (own == null) {
                childs.remove(name);
            } else {
                childs.put(name, own);
            }
        }
    }

    /** Who asks for one of these variables waits for it. */
    void await(Awaited awaited) {
        this.awaited = awaited;
    }

    /** Tells this of every read. */
    void tell(Reads told) {
        reads = told;
    }

    /** A variable as it is shown, to somebody who reads it. */
    @Nullable String read(String name) {
        Reads told = reads;
        if (told != null) {
            told.variable(name);
        }
        return environment(name).get(name);
    }

    /** The whole environment as it is shown, to somebody who reads all of it. */
    Map<String, String> readAll() {
        Reads told = reads;
        if (told != null) {
            told.allVariables();
        }
        return environment();
    }

    /** The environment as it is shown, when it is asked for a name. */
    Map<String, String> environment(String name) {
        Awaited awaited = this.awaited;
        if (awaited != null) {
            awaited.variable(name);
        }
        anyRead.apply(name);
        return state.environment;
    }

    /** The whole environment as it is shown. */
    Map<String, String> environment() {
        Awaited awaited = this.awaited;
        if (awaited != null) {
            awaited.allVariables();
        }
        return state.environment;
    }

    private Map<String, String> inherited() {
        Awaited awaited = this.awaited;
        if (awaited != null) {
            awaited.inheritedVariables();
        }
        return state.inherited;
    }

    /** {@code System.getenv(name)}, of the value that the process has. */
    public BinaryOperator<@Nullable Object> variable() {
        return new Variable(this);
    }

    /** {@code System.getenv()}. */
    public UnaryOperator<@Nullable Object> all() {
        return new All(this);
    }

    /** What a child is given, of the map that it would be given. */
    public UnaryOperator<@Nullable Object> childs() {
        return new Childs(this);
    }

    /** What a child is given that no map was made for. */
    public UnaryOperator<@Nullable Object> childsWithout() {
        return new ChildsWithout(this);
    }

    /** Classes and not lambdas: {@code System.getenv} is called from where a lambda cannot be linked. */
    private record Variable(Overlay overlay) implements BinaryOperator<@Nullable Object> {
        @Override
        public @Nullable Object apply(@Nullable Object value, @Nullable Object name) {
            return overlay.read((String) Objects.requireNonNull(name));
        }
    }

    private record All(Overlay overlay) implements UnaryOperator<@Nullable Object> {
        @Override
        public @Nullable Object apply(@Nullable Object environment) {
            return overlay.shown;
        }
    }

    private record Childs(Overlay overlay) implements UnaryOperator<@Nullable Object> {
        @Override
        @SuppressWarnings("unchecked") // what ProcessEnvironment returns
        public @Nullable Object apply(@Nullable Object environment) {
            ((Map<String, String>) Objects.requireNonNull(environment)).putAll(overlay.inherited());
            return environment;
        }
    }

    /** The JDK takes null for the process' own environment; a builder's map is made of that one, by {@link Childs}. */
    private record ChildsWithout(Overlay overlay) implements UnaryOperator<@Nullable Object> {
        @Override
        public @Nullable Object apply(@Nullable Object environment) {
            return environment == null && !overlay.inherited().isEmpty()
                    ? new ProcessBuilder().environment()
                    : environment;
        }
    }

    /** Each add makes a new one, so that a question is answered from one of them. Not a record: it would show values. */
    private static final class State {
        /** Those of the overlay alone. */
        final Map<String, String> variables;
        /** The process' own where they were, then the others of the overlay. */
        final Map<String, String> environment;
        /** Those of the overlay that children are given. */
        final Map<String, String> inherited;

        State(Map<String, String> variables, Map<String, String> environment, Map<String, String> inherited) {
            this.variables = variables;
            this.environment = environment;
            this.inherited = inherited;
        }
    }
}
