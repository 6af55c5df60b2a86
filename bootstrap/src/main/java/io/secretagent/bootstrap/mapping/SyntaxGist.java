package io.secretagent.bootstrap.mapping;

/** What SnakeYAML found wrong, in words of our own that quote nothing of the file. */
record SyntaxGist(String what, String mend) {

    /** Goes by the fixed parts of SnakeYAML's English; what it does not know is told without detail. */
    static SyntaxGist of(String context, String problem) {
        for (String[] row : GISTS) {
            if (problem.contains(row[0]) || context.contains(row[0])) {
                return new SyntaxGist(row[1], row[2]);
            }
        }
        return new SyntaxGist(
                "this is not YAML", "check the quotes, the indentation and the brackets before this place");
    }

    private static final String[][] GISTS = {
        {"Nesting Depth", "the mapping is nested too deeply", "a mapping needs no more than five levels"},
        {"Number of aliases", "the mapping has too many aliases", "write the values out"},
        {"code points", "the mapping is larger than 1 MiB", "is this the right file?"},
        {"(TAB)", "a tab where YAML wants spaces", "indent with spaces"},
        {
            "mapping values are not allowed",
            "a ': ' where no key can be",
            "mend the indentation, or quote text that holds ': '"
        },
        {"could not find expected ':'", "a ':' is missing after a key", "write key: value"},
        {"expected <block end>", "this does not fit the indentation around it", "align it with the lines before it"},
        {"expected ',' or '}'", "a ',' or '}' is missing", "close the bracket, or quote the text in it"},
        {"expected ',' or ']'", "a ',' or ']' is missing", "close the bracket, or quote the text in it"},
        {"while scanning a quoted scalar", "a quoted text is not closed", "close the quote"},
        {"unexpected end of stream", "the mapping ends too early", "close the quote or the bracket"},
        {"unknown escape", "an unknown escape in double quotes", "use single quotes, or double the backslash"},
        {"while scanning a double-quoted", "a wrong escape in double quotes", "use single quotes"},
        {"cannot start any token", "a character that cannot start a value", "put the value in quotes"},
        {"undefined alias", "an alias (*name) without its anchor", "put a value that starts with * in quotes"},
        {"while scanning an alias", "an alias (*name) without a name", "put a value that starts with * in quotes"},
        {"while scanning an anchor", "an anchor (&name) without a name", "put a value that starts with & in quotes"},
        {"while scanning a tag", "a tag that is not one", "put a value that starts with ! in quotes"},
        {"Global tag", "a tag (!...) that a mapping does not take", "remove it; quote text that starts with !"},
        {"while scanning a block scalar", "a | or > with something else behind it", "begin the text on the next line"},
        {"incompatible YAML document", "a YAML version other than 1", "remove the %YAML line"},
        {"tag handle", "a tag that is not defined", "put a value that starts with ! in quotes"},
        {"while scanning a directive", "a directive that is not one", "put a value that starts with % in quotes"},
        {"single document", "a second document in the file", "keep one, without the --- line"},
        {"did not find expected <document start>", "text after the end of the document", "remove it, or indent it"},
    };
}
