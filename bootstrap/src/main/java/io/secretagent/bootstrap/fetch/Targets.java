package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.SecretName.Selection;
import io.secretagent.channel.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The targets of a mapping, and which of its entries still need fetching. */
public final class Targets {

    /** Every target that the mapping names; those of {@code #*} are known only after the fetch. */
    public static List<Target> of(Mapping mapping) {
        List<Target> targets = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            if (!(entry.name().selection() instanceof Selection.AllFields)) {
                targets.addAll(of(entry));
            }
        }
        return targets;
    }

    /** The same with those of {@code #*}, as they are written: with {@code *} at the end of their names. */
    public static List<Target> withStars(Mapping mapping) {
        List<Target> targets = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            targets.addAll(of(entry));
        }
        return targets;
    }

    /** The targets of one entry; with {@code *} in their names, those of {@code #*}. */
    public static List<Target> of(Entry entry) {
        return of(
                entry.injection(),
                entry.injection().property(),
                entry.injection().env());
    }

    /** The entries of which not every target was given to the process already. */
    public static List<Entry> wanted(Mapping mapping, Set<String> givenProperties, Map<String, String> environment) {
        List<Entry> wanted = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            if (!isGiven(entry, givenProperties, environment)) {
                wanted.add(entry);
            }
        }
        return wanted;
    }

    /** Targets with these names. */
    static List<Target> of(Entry.Injection injection, @Nullable String property, @Nullable String env) {
        List<Target> targets = new ArrayList<>();
        if (property != null) {
            targets.add(new Target(Target.Kind.PROPERTY, property, injection.override(), false));
        }
        if (env != null) {
            targets.add(new Target(Target.Kind.ENVIRONMENT, env, injection.override(), injection.inherit()));
        }
        return targets;
    }

    private static boolean isGiven(Entry entry, Set<String> givenProperties, Map<String, String> environment) {
        Entry.Injection injection = entry.injection();
        if (injection.override() || entry.name().selection() instanceof Selection.AllFields) {
            return false;
        }
        return (injection.property() == null || givenProperties.contains(injection.property()))
                && (injection.env() == null || environment.containsKey(injection.env()));
    }

    private Targets() {}
}
