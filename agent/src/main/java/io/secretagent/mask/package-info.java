/**
 * Finds secrets in text and puts a mask in their place: {@link io.secretagent.mask.Masker} for whole texts,
 * {@link io.secretagent.mask.MaskingStream} for what is written piece by piece. Knows nothing of instrumentation.
 */
@NullMarked
package io.secretagent.mask;

import org.jspecify.annotations.NullMarked;
