/**
 * Where text leaves the JVM as a log, and how the masker gets there: the standard streams are replaced, and a
 * {@linkplain io.secretagent.sink.Rules table} names the methods of logging frameworks that are rewritten when they are
 * loaded, to call the masker through the {@linkplain io.secretagent.sink.Bridge bridge}.
 */
@NullMarked
package io.secretagent.sink;

import org.jspecify.annotations.NullMarked;
