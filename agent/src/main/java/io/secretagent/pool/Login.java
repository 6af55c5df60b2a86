package io.secretagent.pool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a driver is given to log in with, and where in it a value of ours stands, or stood before it changed. */
final class Login {
    private final String url;
    private final Properties properties;
    /** Those in the URL in their order there. */
    private final List<Part> parts;

    /**
     * Where a value stands.
     *
     * @param property its name, or null if it is in the URL
     * @param field where in the URL, or null
     * @param user whether it names who logs in
     */
    private record Place(@Nullable String property, JdbcUrl.@Nullable Field field, boolean user) {}

    /** A place and whose value stands there. */
    private record Part(Place place, String holder) {}

    /** Null if no secret in it is ours. */
    static @Nullable Login of(String url, @Nullable Properties properties, Versions versions) {
        Properties given = properties == null ? new Properties() : properties;
        Search search = new Search(versions);
        if (!search.add(url, new Place(null, JdbcUrl.whole(url), false))) {
            for (JdbcUrl.Field field : JdbcUrl.credentials(url)) {
                search.add(field.value(url), new Place(null, field, field.user()));
            }
        }
        for (String name : given.stringPropertyNames()) {
            if (JdbcUrl.isSecret(name) || JdbcUrl.isUser(name)) {
                search.add(given.getProperty(name), new Place(name, null, JdbcUrl.isUser(name)));
            }
        }
        List<Part> parts = search.parts();
        return parts.isEmpty() ? null : new Login(url, given, parts);
    }

    private Login(String url, Properties properties, List<Part> parts) {
        this.url = url;
        this.properties = properties;
        this.parts = parts;
    }

    /** The secrets whose values are in it. */
    Set<String> holders() {
        Set<String> holders = new LinkedHashSet<>();
        for (Part part : parts) {
            holders.add(part.holder());
        }
        return holders;
    }

    /** Whether it is another one at another step. */
    boolean differs(Versions versions, int one, int other) {
        for (Part part : parts) {
            if (!versions.value(part.holder(), one).equals(versions.value(part.holder(), other))) {
                return true;
            }
        }
        return false;
    }

    /** The URL with the values of a step. */
    String url(Versions versions, int step) {
        StringBuilder exchanged = new StringBuilder(url);
        int shift = 0;
        for (Part part : parts) {
            JdbcUrl.Field field = part.place().field();
            if (field != null) {
                String value = JdbcUrl.written(versions.value(part.holder(), step), field);
                exchanged.replace(field.from() + shift, field.to() + shift, value);
                shift += value.length() - (field.to() - field.from());
            }
        }
        return exchanged.toString();
    }

    /** A copy of the properties with the values of a step: those that were given are the pool's own. */
    Properties properties(Versions versions, int step) {
        Properties exchanged = new Properties();
        for (String name : properties.stringPropertyNames()) {
            exchanged.setProperty(name, properties.getProperty(name));
        }
        // Some drivers take objects.
        for (Object name : properties.keySet()) {
            exchanged.putIfAbsent(name, properties.get(name));
        }
        for (Part part : parts) {
            if (part.place().property() != null) {
                exchanged.setProperty(part.place().property(), versions.value(part.holder(), step));
            }
        }
        return exchanged;
    }

    /** What tells one account from another, whatever its password is now: URL and user as the pool was given them. */
    String account() {
        return url + "\n" + properties.getProperty("user");
    }

    /** Looks for the secrets that the values are of, or were. */
    private static final class Search {
        private final Versions versions;
        private final List<Place> places = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        /** The documents that the secrets come from. */
        private final Set<String> documents = new LinkedHashSet<>();

        Search(Versions versions) {
            this.versions = versions;
        }

        /** False if it is of none. */
        boolean add(String value, Place place) {
            List<String> holders = versions.holders(value);
            if (holders.isEmpty()) {
                return false;
            }
            places.add(place);
            values.add(value);
            if (!place.user()) {
                documents.add(document(secret(value)));
            }
            return true;
        }

        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < places.size() && !documents.isEmpty(); i++) {
                Place place = places.get(i);
                String holder = place.user() ? user(values.get(i)) : secret(values.get(i));
                if (holder != null) {
                    parts.add(new Part(place, holder));
                }
            }
            return parts;
        }

        /** The one that has it now, before one that had it. */
        private String secret(String value) {
            List<String> holders = versions.holders(value);
            for (String holder : holders) {
                if (versions.value(holder, versions.step()).equals(value)) {
                    return holder;
                }
            }
            return holders.get(0);
        }

        /** Many things have the name of a user: the one beside the password, or else the only one. */
        private @Nullable String user(String value) {
            List<String> holders = versions.holders(value);
            for (String holder : holders) {
                if (documents.contains(document(holder))) {
                    return holder;
                }
            }
            return holders.size() == 1 ? holders.get(0) : null;
        }

        private String document(String holder) {
            String name = versions.name(holder);
            int key = name.lastIndexOf('#');
            return key < 0 ? name : name.substring(0, key);
        }
    }
}
