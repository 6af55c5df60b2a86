package io.secretagent.bootstrap.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 14d}. */
final class Days implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        if (!text.matches("\\d{1,5}d")) {
            throw new TypeConversionException("a number of days is written as 14d");
        }
        return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
