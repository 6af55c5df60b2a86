/** Tests of the audit. */
@NullMarked
package io.secretagent.audit;

import org.jspecify.annotations.NullMarked;
