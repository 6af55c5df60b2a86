package io.secretagent.sink;

import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is injected, as rewritten classes of the JDK come to it.
 *
 * @param variable of a variable's value, or null, and its name: {@code System.getenv(name)}
 * @param environment of the map that {@code System.getenv()} returns
 * @param childsEnvironment of the map that a child is given
 * @param childsWithout of null, for a child that no map was made for
 * @param read is shown every name of a property that is read
 * @param isRead whether the application has read anything of it by name
 */
public record Injected(
        BinaryOperator<@Nullable Object> variable,
        UnaryOperator<@Nullable Object> environment,
        UnaryOperator<@Nullable Object> childsEnvironment,
        UnaryOperator<@Nullable Object> childsWithout,
        UnaryOperator<@Nullable Object> read,
        BooleanSupplier isRead) {}
