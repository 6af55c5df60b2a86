/** The directory backend: mounted files. */
@NullMarked
package io.secretagent.bootstrap.backend.directory;

import org.jspecify.annotations.NullMarked;
