/** The YAML mapping: parsed into records, with every problem at its place. */
@NullMarked
package io.secretagent.bootstrap.mapping;

import org.jspecify.annotations.NullMarked;
