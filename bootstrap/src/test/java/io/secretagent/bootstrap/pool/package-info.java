/** Passwords that change under a connection pool, on real databases. */
@NullMarked
package io.secretagent.bootstrap.pool;

import org.jspecify.annotations.NullMarked;
