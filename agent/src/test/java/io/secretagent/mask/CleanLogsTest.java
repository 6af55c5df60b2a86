package io.secretagent.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Part of what {@link CleanLogs} reads. */
class CleanLogsTest {
    private static final int EVERY_HUNDREDTH = 100;

    @Test
    void aThousandSecretsLeaveWhatIsNoneOfThemAsItIs() {
        CleanLogs logs = new CleanLogs(20261105);

        assertThat(Stream.concat(CleanTexts.generated(20261105).stream(), CleanTexts.ofThisMachine(EVERY_HUNDREDTH))
                        .map(logs::falseMask)
                        .filter(Objects::nonNull)
                        .limit(5))
                .isEmpty();
    }
}
