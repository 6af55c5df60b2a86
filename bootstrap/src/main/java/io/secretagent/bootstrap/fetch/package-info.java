/** From the names in a mapping to secrets: side by side, retried, within a deadline. */
@NullMarked
package io.secretagent.bootstrap.fetch;

import org.jspecify.annotations.NullMarked;
