/** The one interface to the stores of secrets, and what they answer. */
@NullMarked
package io.secretagent.bootstrap.backend;

import org.jspecify.annotations.NullMarked;
