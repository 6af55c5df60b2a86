package io.secretagent.bootstrap.sink;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** Asks Spring Boot's endpoint {@code /env}, told to show values, and the application's own environment for a secret. */
public final class ShowsItsEnvironment {

    public static void main(String[] secret) throws Exception {
        Object environment = Class.forName("org.springframework.core.env.StandardEnvironment")
                .getConstructor()
                .newInstance();
        Object value =
                environment.getClass().getMethod("getProperty", String.class).invoke(environment, "canary");
        System.out.println("environment " + System.getProperty("canary").equals(value));

        Object endpoint = endpoint(environment, List.of());
        // Without the masking of what is printed.
        System.out.println("endpoint " + ("***".equals(shown(endpoint)) ? "masked" : "raw"));
        Object changing = endpoint(environment, List.of(changing()));
        System.out.println("changed " + ("changed ***".equals(shown(changing)) ? "masked" : "raw"));
        for (Method method : endpoint.getClass().getMethods()) {
            if (method.getName().equals("sanitize")) {
                Object called = method.invoke(endpoint, "canary", value);
                System.out.println("called " + ("***".equals(called) ? "masked" : "raw"));
            }
        }
    }

    private static Object shown(Object endpoint) throws Exception {
        Object entry =
                endpoint.getClass().getMethod("environmentEntry", String.class).invoke(endpoint, "canary");
        Object property = entry.getClass().getMethod("getProperty").invoke(entry);
        return property.getClass().getMethod("getValue").invoke(property);
    }

    /** A function of the application's, after which no other is asked. */
    private static Object changing() throws Exception {
        Class<?> function = Class.forName("org.springframework.boot.actuate.endpoint.SanitizingFunction");
        return Proxy.newProxyInstance(function.getClassLoader(), new Class<?>[] {function}, (proxy, method, data) -> {
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, data);
            }
            Object value = data[0].getClass().getMethod("getValue").invoke(data[0]);
            return data[0].getClass().getMethod("withValue", Object.class).invoke(data[0], "changed " + value);
        });
    }

    /** The constructor's arguments in 2.6 and 2.7, and from 3.0 on. */
    private static Object endpoint(Object environment, List<?> functions) throws Exception {
        Class<?> type = Class.forName("org.springframework.boot.actuate.env.EnvironmentEndpoint");
        for (Constructor<?> constructor : type.getConstructors()) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (parameters.length == 3) {
                return constructor.newInstance(
                        environment, functions, parameters[2].getField("ALWAYS").get(null));
            }
            if (parameters.length == 2) {
                return constructor.newInstance(environment, functions);
            }
        }
        throw new IllegalStateException("no constructor that is known");
    }

    private ShowsItsEnvironment() {}
}
