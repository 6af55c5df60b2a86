/** Connection pools keep the password that they were given at the start: what drivers are given when they connect. */
@NullMarked
package io.secretagent.pool;

import org.jspecify.annotations.NullMarked;
