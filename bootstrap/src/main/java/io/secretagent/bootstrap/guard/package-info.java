/** The guards: what a mapping and its values say about how secrets are kept. */
@NullMarked
package io.secretagent.bootstrap.guard;

import org.jspecify.annotations.NullMarked;
