/** Makes a new value of one secret, stored and read back, and brings the one before it back. */
@NullMarked
package io.secretagent.bootstrap.rotate;

import org.jspecify.annotations.NullMarked;
