package io.secretagent.audit;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A time as text, {@code 2026-11-04T10:15:02.123Z}, without the formatter and the time zone that the application may still set. */
final class UtcTime {

    /**
     * The text.
     *
     * @param millis since the epoch
     */
    static String of(long millis) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(24);
        text.append(digits(at.getYear(), 4)).append('-');
        text.append(digits(at.getMonthValue(), 2)).append('-');
        text.append(digits(at.getDayOfMonth(), 2)).append('T');
        text.append(digits(at.getHour(), 2)).append(':');
        text.append(digits(at.getMinute(), 2)).append(':');
        text.append(digits(at.getSecond(), 2)).append('.');
        return text.append(digits((int) Math.floorMod(millis, 1000L), 3))
                .append('Z')
                .toString();
    }

    /** A number with zeros in front up to a width. */
    static String digits(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private UtcTime() {}
}
