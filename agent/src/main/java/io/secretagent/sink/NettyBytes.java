package io.secretagent.sink;

import io.secretagent.mask.Masker;

/** A buffer of Netty's that is about to be logged. Asked by name: the agent has no Netty. */
final class NettyBytes {
    private static final String BUFFER = "io.netty.buffer.ByteBuf";

    /** A buffer with masks; the object itself if there is nothing to mask, and if it is something else. */
    static Object masked(Object buffer, Masker masker) {
        for (Class<?> type = buffer.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(BUFFER)) {
                return masked(buffer, type, masker);
            }
        }
        return buffer;
    }

    private static Object masked(Object buffer, Class<?> type, Masker masker) {
        try {
            ClassLoader netty = type.getClassLoader();
            byte[] bytes = (byte[]) Class.forName("io.netty.buffer.ByteBufUtil", true, netty)
                    .getMethod("getBytes", type)
                    .invoke(null, buffer);
            byte[] masked = masker.mask(bytes);
            return masked == bytes
                    ? buffer
                    : Class.forName("io.netty.buffer.Unpooled", true, netty)
                            .getMethod("wrappedBuffer", byte[].class)
                            .invoke(null, masked);
        } catch (ReflectiveOperationException e) {
            return buffer;
        }
    }

    private NettyBytes() {}
}
