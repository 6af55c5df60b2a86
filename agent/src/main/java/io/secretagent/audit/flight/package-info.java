/**
 * The audit's events in the JVM's flight recorder. Whatever extends the recorder's classes is loaded only while that is in
 * use; a JVM without its module never loads any.
 */
@NullMarked
package io.secretagent.audit.flight;

import org.jspecify.annotations.NullMarked;
