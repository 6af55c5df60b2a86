package io.secretagent.sink;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the process' environment on its way to who asks for it.
 *
 * @param variable of a variable's value, or null, and its name: {@code System.getenv(name)}
 * @param all of the map that {@code System.getenv()} returns
 * @param childs of the map that a child is given
 * @param childsWithout of null, for a child that no map was made for
 */
public record EnvironmentView(
        BinaryOperator<@Nullable Object> variable,
        UnaryOperator<@Nullable Object> all,
        UnaryOperator<@Nullable Object> childs,
        UnaryOperator<@Nullable Object> childsWithout) {}
