package io.secretagent.inject;

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
 * had, which the secrets are put into without a lock that a waiting thread can hold.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Hashtable's; those of Properties are not synchronized either
final class AwaitedProperties extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient Properties properties;
    private final transient Awaited awaited;

    AwaitedProperties(Properties properties, Awaited awaited) {
        this.properties = properties;
        this.awaited = awaited;
    }

    @Override
    public @Nullable String getProperty(String key) {
        awaited.property(key);
        return properties.getProperty(key);
    }

    @Override
    public @Nullable String getProperty(String key, @Nullable String defaultValue) {
        awaited.property(key);
        return properties.getProperty(key, defaultValue);
    }

    @Override
    public @Nullable Object get(Object key) {
        awaited.property(key);
        return properties.get(key);
    }

    @Override
    public @Nullable Object getOrDefault(Object key, @Nullable Object defaultValue) {
        awaited.property(key);
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
        awaited.allProperties();
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
        awaited.allProperties();
        return properties.values();
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        awaited.allProperties();
        return properties.entrySet();
    }

    @Override
    public synchronized void forEach(BiConsumer<? super Object, ? super Object> action) {
        awaited.allProperties();
        properties.forEach(action);
    }

    @Override
    public synchronized void replaceAll(BiFunction<? super Object, ? super Object, ?> function) {
        awaited.allProperties();
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
        awaited.allProperties();
        return properties.toString();
    }

    @Override
    public synchronized Object clone() {
        awaited.allProperties();
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
        awaited.allProperties();
        properties.save(out, comments);
    }

    @Override
    public void store(Writer writer, String comments) throws IOException {
        awaited.allProperties();
        properties.store(writer, comments);
    }

    @Override
    public void store(OutputStream out, String comments) throws IOException {
        awaited.allProperties();
        properties.store(out, comments);
    }

    @Override
    public void storeToXML(OutputStream out, String comment) throws IOException {
        awaited.allProperties();
        properties.storeToXML(out, comment);
    }

    @Override
    public void storeToXML(OutputStream out, String comment, String encoding) throws IOException {
        awaited.allProperties();
        properties.storeToXML(out, comment, encoding);
    }

    @Override
    public void storeToXML(OutputStream out, String comment, Charset charset) throws IOException {
        awaited.allProperties();
        properties.storeToXML(out, comment, charset);
    }

    @Override
    public void list(PrintStream out) {
        awaited.allProperties();
        properties.list(out);
    }

    @Override
    public void list(PrintWriter out) {
        awaited.allProperties();
        properties.list(out);
    }

    /** Another JVM does not know this class. */
    private Object writeReplace() throws ObjectStreamException {
        return clone();
    }
}
