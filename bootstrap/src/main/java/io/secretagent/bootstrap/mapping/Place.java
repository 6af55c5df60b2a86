package io.secretagent.bootstrap.mapping;

/**
 * Where in a mapping something stands.
 *
 * @param file the path as the user wrote it
 * @param line from 1
 * @param column from 1
 */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
