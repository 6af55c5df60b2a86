/** The documentation: that its links lead somewhere, its commands are ours, and its tables are those of the code. */
@NullMarked
package io.secretagent.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
