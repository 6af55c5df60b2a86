package io.secretagent.sink;

/**
 * One instrumentation point: an exact method of an exact class, and what of it is masked. Names and descriptors are as
 * in class files.
 */
sealed interface Rule {

    /** The class that is rewritten. */
    String type();

    /** A rule of a call that the class makes, of a method whose class and name are exact too. */
    sealed interface Call extends Rule {
        /** The class through which the method is called. */
        String owner();

        String method();

        String descriptor();

        /** Whether it is this method that is called. */
        default boolean isOf(String calledOwner, String calledMethod, String calledDescriptor) {
            return owner().equals(calledOwner)
                    && method().equals(calledMethod)
                    && descriptor().equals(calledDescriptor);
        }
    }

    /** What the method returns is masked. */
    record Returned(String type, String method, String descriptor) implements Rule {}

    /**
     * What the static method returns goes through a function of the bridge, and its one argument, if it has any, with it.
     *
     * @param function a name of {@link Bridge}'s: of one argument, or of two for a method that has one
     */
    record Replaced(String type, String method, String descriptor, String function) implements Rule {}

    /**
     * What the methods of a name return is masked that have one argument, of whatever class: those that implement a
     * method of a generic type, but not the bridges to them.
     *
     * @param returned the descriptor of what they return
     */
    record ReturnedOfAny(String type, String method, String returned) implements Rule {}

    /** The method's first argument is masked before the method runs. */
    record Argument(String type, String method, String descriptor) implements Rule {}

    /** The method's last argument is masked before the method runs. */
    record LastArgument(String type, String method, String descriptor) implements Rule {}

    /**
     * What the class gets from calling a method is masked, in whichever of its own methods it calls it. For a method
     * that others implement, whose names cannot be known.
     *
     * @param owner the class through which the method is called
     */
    record Called(String type, String owner, String method, String descriptor) implements Call {}

    /**
     * As {@link Called}, in one of the class's methods only.
     *
     * @param caller the method that calls, whatever its descriptor
     */
    record CalledIn(String type, String caller, String owner, String method, String descriptor) implements Rule {}

    /**
     * As {@link Called}, for a method of one argument, unless the object that is called is known to have masked what it
     * returns.
     */
    record CalledUnmasked(String type, String owner, String method, String descriptor) implements Call {}

    /**
     * The method encodes text into a buffer for a destination: its arguments are a {@code CharsetEncoder}, a {@code
     * CharBuffer}, a {@code ByteBuffer}, the text, a {@code StringBuilder}, and the destination. The text is masked unless
     * its bytes are, when the destination writes them.
     */
    record Buffers(String type, String method, String descriptor) implements Rule {}

    /**
     * The method's first argument, a {@code ByteBuffer}, is masked if it does not fit as a whole into the buffer of the
     * destination, which is the second.
     *
     * @param destination the destination's type, an interface with {@code getByteBuffer()}
     */
    record Splits(String type, String method, String descriptor, String destination) implements Rule {}

    /**
     * The method's first argument is shown to a function of the bridge before the method runs. Of a constructor it is
     * the object that it makes, at its end.
     *
     * @param descriptor how the descriptor begins: the JDK's own methods differ by version in what follows
     * @param function a name of {@link Bridge}'s
     */
    record Shown(String type, String method, String descriptor, String function) implements Rule {}

    /**
     * The object whose method it is is shown to a function of the bridge before the method runs.
     *
     * @param descriptor how the descriptor begins
     * @param function a name of {@link Bridge}'s
     */
    record Receiver(String type, String method, String descriptor, String function) implements Rule {}

    /**
     * The method writes to the file descriptor that its first argument is, as an object or a number, or else the field
     * {@code fd} of its object. It is not run if that is a standard stream's, for then the bridge writes.
     *
     * @param descriptor how the descriptor begins
     */
    record Written(String type, String method, String descriptor) implements Rule {}

    /**
     * Among the method's arguments are bytes with an offset and a length behind them, or with a length only: that range of
     * its last array is masked before it runs.
     */
    record Range(String type, String method, String descriptor) implements Rule {}

    /** What the method returns is masked when its first argument, the event that it is asked for, is not null. */
    record ForEvent(String type, String method, String descriptor) implements Rule {}

    /**
     * The class takes nothing for an instance of another type, and goes the way that it has for the rest. For an
     * interface which hands a stream over, where the way without it hands over an event's bytes.
     *
     * @param other the type that is tested for
     */
    record NotInstance(String type, String other) implements Rule {}

    /**
     * The last argument that the class passes to a method is masked, in whichever of its own methods it calls it.
     *
     * @param owner the class through which the method is called
     */
    record Passed(String type, String owner, String method, String descriptor) implements Call {}

    /**
     * The one argument that the class passes to a method, an event, goes through a function of the bridge together with
     * the object whose method it is, which may take the event apart.
     *
     * @param owner the class through which the method is called
     */
    record Handed(String type, String owner, String method, String descriptor) implements Call {}

    /**
     * In place of an object that the class makes it gets the bridge's.
     *
     * @param made the class of the object
     * @param constructor the constructor's descriptor, whose last argument the bridge is given
     * @param function a name of {@link Bridge}'s
     */
    record Made(String type, String made, String constructor, String function) implements Rule {}

    /**
     * A driver's method that connects: it goes on only if the bridge, which is shown the driver and both arguments, has not
     * connected in its place.
     */
    record Connects(String type) implements Rule {
        static final String METHOD = "connect";
        static final String DESCRIPTOR = "(Ljava/lang/String;Ljava/util/Properties;)Ljava/sql/Connection;";
    }
}
