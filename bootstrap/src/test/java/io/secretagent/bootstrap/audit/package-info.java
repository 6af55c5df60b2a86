/** Tests of the audit, with the distribution and whatever writes to it. */
@NullMarked
package io.secretagent.bootstrap.audit;

import org.jspecify.annotations.NullMarked;
