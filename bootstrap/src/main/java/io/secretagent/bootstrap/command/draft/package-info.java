/** A mapping that {@code init} proposes, made of a store's names. */
@NullMarked
package io.secretagent.bootstrap.command.draft;

import org.jspecify.annotations.NullMarked;
