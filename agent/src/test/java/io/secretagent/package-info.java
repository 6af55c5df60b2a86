/** Tests of the masker. */
@NullMarked
package io.secretagent;

import org.jspecify.annotations.NullMarked;
