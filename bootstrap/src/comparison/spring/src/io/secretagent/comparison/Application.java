package io.secretagent.comparison;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts with a web server, reads the properties that {@code names} names, says so to {@code spring.py}, and ends. */
@SpringBootApplication
public class Application {
    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments)) {
            MessageDigest read = MessageDigest.getInstance("SHA-256");
            for (String name : context.getEnvironment().getProperty("names", String[].class, new String[0])) {
                read.update(context.getEnvironment().getRequiredProperty(name).getBytes(StandardCharsets.UTF_8));
            }
            System.out.println("Hello " + System.currentTimeMillis());
            System.out.println("Read " + HexFormat.of().formatHex(read.digest()));
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS")) {
                    System.out.println(line);
                }
            }
        }
    }
}
