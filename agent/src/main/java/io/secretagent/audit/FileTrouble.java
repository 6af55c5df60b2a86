package io.secretagent.audit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What keeps a file from being written, in words for a person, with what mends it where that is plain. */
final class FileTrouble {

    static String words(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return "its folder is not there; make it";
        }
        if (e instanceof AccessDeniedException) {
            return "this user may not write there; check the folder's owner and mode";
        }
        String message = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
        // The JDK's own streams put the system's words in parentheses, behind the path.
        int open = message.endsWith(")") ? message.lastIndexOf('(') : -1;
        return open < 0 ? message : message.substring(open + 1, message.length() - 1);
    }

    private FileTrouble() {}
}
