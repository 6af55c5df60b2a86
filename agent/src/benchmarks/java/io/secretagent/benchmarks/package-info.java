/** What is measured, and prints its tables in Markdown: {@code src/benchmarks/run}. */
package io.secretagent.benchmarks;
