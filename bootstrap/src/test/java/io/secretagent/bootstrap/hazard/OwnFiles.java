package io.secretagent.bootstrap.hazard;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A default file system of an application's, which hands everything on to the JDK's. */
public final class OwnFiles extends FileSystemProvider {
    static int asked;

    private final FileSystemProvider jdks;

    public OwnFiles(FileSystemProvider jdks) {
        this.jdks = jdks;
    }

    @Override
    public String getScheme() {
        return jdks.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) throws IOException {
        return jdks.newFileSystem(uri, settings);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        asked++;
        return jdks.getFileSystem(uri);
    }

    @Override
    public Path getPath(URI uri) {
        return jdks.getPath(uri);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return jdks.newByteChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return jdks.newDirectoryStream(folder, filter);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        jdks.createDirectory(folder, attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        jdks.delete(path);
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        jdks.copy(from, to, options);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        jdks.move(from, to, options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return jdks.isSameFile(path, other);
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return jdks.isHidden(path);
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return jdks.getFileStore(path);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        jdks.checkAccess(path, modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return jdks.getFileAttributeView(path, type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return jdks.readAttributes(path, type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return jdks.readAttributes(path, attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        jdks.setAttribute(path, attribute, value, options);
    }
}
