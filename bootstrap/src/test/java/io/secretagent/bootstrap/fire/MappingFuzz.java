package io.secretagent.bootstrap.fire;

import io.secretagent.bootstrap.guard.Guards;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads mutated mappings: {@code MappingFuzz CASES SEED FOLDER SEEDS...}, as many as it is told, in as little memory as it
 * is given. It ends with 0, or with 1 at the first case that goes wrong, which the same seed makes again.
 */
public final class MappingFuzz {
    private static final long LIMIT_NANOS = 2_000_000_000L;

    private final Path file;
    private int valid;
    private int invalid;
    private long longest;

    public static void main(String[] arguments) throws IOException {
        int cases = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        Path folder = Path.of(arguments[2]);
        List<String> seeds = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            seeds.add(Files.readString(Path.of(arguments[i])));
        }
        MappingFuzz fuzz = new MappingFuzz(folder.resolve("secrets.yaml"));
        Mutations mutations = new Mutations(seeds, seed);
        for (int i = 0; i < cases; i++) {
            String wrong = fuzz.read(mutations.next());
            if (wrong != null) {
                System.out.println("case " + i + " of seed " + seed + ": " + wrong);
                System.exit(1);
            }
        }
        System.out.println(cases + " cases: " + fuzz.valid + " valid, " + fuzz.invalid + " not, the longest took "
                + fuzz.longest / 1_000_000 + " ms");
    }

    private MappingFuzz(Path file) {
        this.file = file;
    }

    /** What went wrong, or null. */
    private @Nullable String read(byte[] mutated) throws IOException {
        Files.write(file, mutated);
        long start = System.nanoTime();
        try {
            Mapping mapping = new MappingParser(Map.of("HOME", "/home/app", "A", "a")).parse(file);
            Guards.ofMapping(mapping, Map.of());
            valid++;
        } catch (InvalidMappingException e) {
            invalid++;
            for (Problem problem : e.problems()) {
                if (!problem.line().startsWith(file + ":")
                        || problem.line().chars().anyMatch(Character::isISOControl)) {
                    return "no place, or a control character, in a line";
                }
            }
            if (e.problems().isEmpty()) {
                return "no problem is told";
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return e.getClass().getName();
        }
        long took = System.nanoTime() - start;
        longest = Math.max(longest, took);
        if (took > LIMIT_NANOS) {
            return "took " + took / 1_000_000 + " ms";
        }
        return System.getProperty(LoadedByATag.SAYS_SO) == null ? null : "a tag has loaded a class";
    }
}
