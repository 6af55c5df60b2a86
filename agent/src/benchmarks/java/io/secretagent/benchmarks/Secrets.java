package io.secretagent.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up secrets, the same in every run: of 20 to 64 characters, some of which most formats escape. */
final class Secrets {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=!%\"";

    static List<String> make(int count) {
        Random random = new Random(42);
        List<String> secrets = new ArrayList<>();
        while (secrets.size() < count) {
            StringBuilder secret = new StringBuilder();
            for (int length = 20 + random.nextInt(45); secret.length() < length; ) {
                secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            secrets.add(secret.toString());
        }
        return secrets;
    }

    private Secrets() {}
}
