package io.secretagent.mask;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No value can be had from a masked log by decoding it, and clean logs come out byte for byte. */
class LeakPropertiesTest {

    @Property(tries = 40)
    void noEncodingOfAValueGetsThroughAndCleanTextDoes(@ForAll long seed) {
        LeakCheck.run(seed);
    }
}
