/** Faults, bad input, and neighbours that mean no good: what the product does when things are at their worst. */
@NullMarked
package io.secretagent.bootstrap.fire;

import org.jspecify.annotations.NullMarked;
