/** AWS Secrets Manager. */
@NullMarked
package io.secretagent.bootstrap.backend.aws;

import org.jspecify.annotations.NullMarked;
