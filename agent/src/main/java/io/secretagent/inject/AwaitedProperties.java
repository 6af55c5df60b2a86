package io.secretagent.inject;

import io.secretagent.audit.Reads;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The system properties of a JVM whose {@code main} started before its secrets were there: reading or changing one that
 * is awaited waits, and so does what looks at all of them. It holds nothing: everything is in the properties that the JVM
 * had, which the secrets are put into without a lock that a waiting thread can hold. Who reads can be told as well: no
 * other place sees the reads of the system's properties and of no others.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Hashtable's; those of Properties are not synchronized either
final class AwaitedProperties extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient Properties properties;
    private final transient Awaited awaited;
    private final transient @Nullable Reads reads;

    /**
     * @param reads is told who reads what, if that is to be recorded
     */
    AwaitedProperties(Properties properties, Awaited awaited, @Nullable Reads reads) {
        this.properties = properties;
        this.awaited = awaited;
        this.reads = reads;
    }

    @Override
    public @Nullable String getProperty(String key) {
        reading(key);
        return properties.getProperty(key);
    }

    @Override
    public @Nullable String getProperty(String key, @Nullable String defaultValue) {
        reading(key);
        return properties.getProperty(key, defaultValue);
    }

    @Override
    public @Nullable Object get(Object key) {
        reading(key);
        return properties.get(key);
    }

    @Override
    public @Nullable Object getOrDefault(Object key, @Nullable Object defaultValue) {
        reading(key);
        return properties.getOrDefault(key, defaultValue);
    }

    @Override
    public boolean containsKey(Object key) {
        awaited.property(key);
        return properties.containsKey(key);
    }

    @Override
    public synchronized @Nullable Object setProperty(String key, String value) {
        awaited.property(key);
        return properties.setProperty(key, value);
    }

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
        awaited.property(key);
        return properties.put(key, value);
    }

    @Override
    public synchronized @Nullable Object putIfAbsent(Object key, Object value) {
        awaited.property(key);
        return properties.putIfAbsent(key, value);
    }

    @Override
    public synchronized @Nullable Object remove(Object key) {
        awaited.property(key);
        return properties.remove(key);
    }

    @Override
    public synchronized boolean remove(Object key, Object value) {
        awaited.property(key);
        return properties.remove(key, value);
    }

    @Override
    public synchronized @Nullable Object replace(Object key, Object value) {
        awaited.property(key);
        return properties.replace(key, value);
    }

    @Override
    public synchronized boolean replace(Object key, Object oldValue, Object newValue) {
        awaited.property(key);
        return properties.replace(key, oldValue, newValue);
    }

    @Override
    public synchronized @Nullable Object computeIfAbsent(Object key, Function<? super Object, ?> function) {
        awaited.property(key);
        return properties.computeIfAbsent(key, function);
    }

    @Override
    public synchronized @Nullable Object computeIfPresent(
            Object key, BiFunction<? super Object, ? super Object, ?> function) {
        awaited.property(key);
        return properties.computeIfPresent(key, function);
    }

    @Override
    public synchronized @Nullable Object compute(Object key, BiFunction<? super Object, ? super Object, ?> function) {
        awaited.property(key);
        return properties.compute(key, function);
    }

    @Override
    public synchronized @Nullable Object merge(
            Object key, Object value, BiFunction<? super Object, ? super Object, ?> function) {
        awaited.property(key);
        return properties.merge(key, value, function);
    }

    @Override
    public Enumeration<?> propertyNames() {
        awaited.allProperties();
        return properties.propertyNames();
    }

    @Override
    public Set<String> stringPropertyNames() {
        awaited.allProperties();
        return properties.stringPropertyNames();
    }

    @Override
    public int size() {
        awaited.allProperties();
        return properties.size();
    }

    @Override
    public boolean isEmpty() {
        awaited.allProperties();
        return properties.isEmpty();
    }

    @Override
    public Enumeration<Object> keys() {
        awaited.allProperties();
        return properties.keys();
    }

    @Override
    public Enumeration<Object> elements() {
        readingAll();
        return properties.elements();
    }

    @Override
    public boolean contains(Object value) {
        awaited.allProperties();
        return properties.containsValue(value);
    }

    @Override
    public boolean containsValue(Object value) {
        awaited.allProperties();
        return properties.containsValue(value);
    }

    @Override
    public Set<Object> keySet() {
        awaited.allProperties();
        return properties.keySet();
    }

    @Override
    public Collection<Object> values() {
        readingAll();
        return properties.values();
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        readingAll();
        return properties.entrySet();
    }

    @Override
    public synchronized void forEach(BiConsumer<? super Object, ? super Object> action) {
        readingAll();
        properties.forEach(action);
    }

    @Override
    public synchronized void replaceAll(BiFunction<? super Object, ? super Object, ?> function) {
        readingAll();
        properties.replaceAll(function);
    }

    @Override
    public synchronized void putAll(Map<?, ?> more) {
        awaited.allProperties();
        properties.putAll(more);
    }

    @Override
    public synchronized void clear() {
        awaited.allProperties();
        properties.clear();
    }

    @Override
    public synchronized boolean equals(@Nullable Object other) {
        awaited.allProperties();
        return properties.equals(other);
    }

    @Override
    public synchronized int hashCode() {
        awaited.allProperties();
        return properties.hashCode();
    }

    @Override
    public synchronized String toString() {
        readingAll();
        return properties.toString();
    }

    @Override
    public synchronized Object clone() {
        readingAll();
        return properties.clone();
    }

    @Override
    public synchronized void load(Reader reader) throws IOException {
        awaited.allProperties();
        properties.load(reader);
    }

    @Override
    public synchronized void load(InputStream in) throws IOException {
        awaited.allProperties();
        properties.load(in);
    }

    @Override
    public synchronized void loadFromXML(InputStream in) throws IOException {
        awaited.allProperties();
        properties.loadFromXML(in);
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // is still called
    public void save(OutputStream out, String comments) {
        readingAll();
        properties.save(out, comments);
    }

    @Override
    public void store(Writer writer, String comments) throws IOException {
        readingAll();
        properties.store(writer, comments);
    }

    @Override
    public void store(OutputStream out, String comments) throws IOException {
        readingAll();
        properties.store(out, comments);
    }

    @Override
    public void storeToXML(OutputStream out, String comment) throws IOException {
        readingAll();
        properties.storeToXML(out, comment);
    }

    @Override
    public void storeToXML(OutputStream out, String comment, String encoding) throws IOException {
        readingAll();
        properties.storeToXML(out, comment, encoding);
    }

    @Override
    public void storeToXML(OutputStream out, String comment, Charset charset) throws IOException {
        readingAll();
        properties.storeToXML(out, comment, charset);
    }

    @Override
    public void list(PrintStream out) {
        readingAll();
        properties.list(out);
    }

    @Override
    public void list(PrintWriter out) {
        readingAll();
        properties.list(out);
    }

    private void reading(Object key) {
        awaited.property(key);
        if (reads != null) {
            reads.property(key);
        }
    }

    private void readingAll() {
        awaited.allProperties();
        if (reads != null) {
            reads.allProperties();
        }
    }

    /** Another JVM does not know this class. */
    private Object writeReplace() throws ObjectStreamException {
        return clone();
    }
}
