/**
 * Where text leaves the JVM as a log, and how the masker gets there: the standard streams are replaced, and a
 * {@linkplain io.secretagent.sink.Rules table} names the methods of logging frameworks that are rewritten when they are
 * loaded, to call the masker through the {@linkplain io.secretagent.sink.Bridge bridge}. The JDK's own writers are in
 * {@linkplain io.secretagent.sink.JdkRules a table of their own}, so that {@linkplain io.secretagent.sink.Descriptors
 * descriptors 1 and 2} are masked however they are reached.
 *
 * <p>Not reached: native code and foreign functions that write to a descriptor, {@code FileChannel.transferTo} and mapped
 * memory, children that inherit a descriptor, the JVM's own {@code -Xlog} and thread dumps, which have the names of
 * threads, a JUL handler that sends a record's message without a formatter, and formatters of hidden classes, which are
 * told. Where standard output is a file that the application opens again, what it writes there at a position goes out at
 * the end of what descriptor 1 wrote. {@code Runtime.halt} loses what is held back,
 * which is less than the longest form of a secret: a halt must not wait for a reader.
 */
@NullMarked
package io.secretagent.sink;

import org.jspecify.annotations.NullMarked;
