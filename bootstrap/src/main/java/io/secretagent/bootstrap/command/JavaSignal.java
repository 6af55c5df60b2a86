package io.secretagent.bootstrap.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Handlers of signals in Java, by {@code sun.misc.Signal}. That is called by reflection, since javac warns of it in a way
 * that cannot be suppressed.
 */
final class JavaSignal {

    /**
     * Handles a signal from now on; one that is ignored, as by nohup, stays so.
     *
     * @param name without SIG
     * @param handler is given its number, on a thread of its own
     * @return false if the JVM keeps the signal for itself
     */
    static boolean handle(String name, IntConsumer handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = type.getConstructor(String.class).newInstance(name);
            int number = (int) type.getMethod("getNumber").invoke(signal);
            Object proxy = Proxy.newProxyInstance(
                    JavaSignal.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        handler.accept(number);
                        return null;
                    });
            type.getMethod("handle", type, handlerType).invoke(null, signal, proxy);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return false;
            }
            throw new IllegalStateException("SIG" + name + " cannot be handled", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
        }
    }

    private JavaSignal() {}
}
