/** Tests of the masker. */
@NullMarked
package io.secretagent.mask;

import org.jspecify.annotations.NullMarked;
