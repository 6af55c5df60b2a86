/** Servers of others, unmodified: their secrets reach them, are in nothing that they write, and they run as without us. */
@NullMarked
package io.secretagent.bootstrap.application;

import org.jspecify.annotations.NullMarked;
