package io.secretagent.sink;

import java.lang.invoke.MethodHandles;
import java.util.function.Function;

/**
 * Defines a class in package {@code java.lang}. Never used as it is: {@link Bridge} defines a copy in a loader of its
 * own, since {@code java.lang} is opened to a whole module at a time, and the agent's stays for as long as the JVM. So it
 * may name no class but the JDK's.
 */
final class BridgeDefiner implements Function<byte[], Class<?>> {

    BridgeDefiner() {}

    @Override
    public Class<?> apply(byte[] bridge) {
        try {
            return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                    .defineClass(bridge);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("java.lang is not open", e);
        }
    }
}
