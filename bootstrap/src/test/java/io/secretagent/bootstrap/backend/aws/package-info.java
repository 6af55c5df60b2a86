/** The AWS backend against moto, and against stand-ins for what moto cannot do. */
@NullMarked
package io.secretagent.bootstrap.backend.aws;

import org.jspecify.annotations.NullMarked;
