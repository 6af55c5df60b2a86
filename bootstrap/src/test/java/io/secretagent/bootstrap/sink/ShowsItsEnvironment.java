package io.secretagent.bootstrap.sink;

import java.lang.reflect.Constructor;
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

        Object endpoint = endpoint(environment);
        Object entry =
                endpoint.getClass().getMethod("environmentEntry", String.class).invoke(endpoint, "canary");
        Object property = entry.getClass().getMethod("getProperty").invoke(entry);
        Object shown = property.getClass().getMethod("getValue").invoke(property);
        // Without the masking of what is printed.
        System.out.println("endpoint " + ("***".equals(shown) ? "masked" : "raw"));
    }

    /** The constructor's arguments before 2.6, in 2.6 and 2.7, and from 3.0 on. */
    private static Object endpoint(Object environment) throws Exception {
        Class<?> type = Class.forName("org.springframework.boot.actuate.env.EnvironmentEndpoint");
        for (Constructor<?> constructor : type.getConstructors()) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (parameters.length == 3) {
                return constructor.newInstance(
                        environment, List.of(), parameters[2].getField("ALWAYS").get(null));
            }
        }
        return type.getConstructors()[0].getParameterCount() == 1
                ? type.getConstructors()[0].newInstance(environment)
                : type.getConstructors()[0].newInstance(environment, List.of());
    }

    private ShowsItsEnvironment() {}
}
