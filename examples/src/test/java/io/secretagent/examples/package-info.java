/** The examples, run as a user runs them, and their files, checked by the tools that read them. */
@NullMarked
package io.secretagent.examples;

import org.jspecify.annotations.NullMarked;
