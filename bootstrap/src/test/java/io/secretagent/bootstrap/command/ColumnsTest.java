package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ColumnsTest {

    /** A mapping of 1 MiB has as many. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void alignsAsManyLinesAsAMappingHas() {
        List<List<String>> lines = Collections.nCopies(100_000, List.of("OK", "name", "backend"));
        assertThat(Columns.align(lines, List.of())).hasSize(100_000).containsOnly("OK  name  backend");
    }
}
