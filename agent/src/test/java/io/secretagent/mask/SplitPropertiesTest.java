package io.secretagent.mask;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However a text is split, and wherever its writer pauses. */
class SplitPropertiesTest {

    @Property(tries = 500)
    void everyWayOfMaskingAgreesAndNoValueIsLeft(@ForAll long seed) {
        SplitCheck.run(seed);
    }
}
