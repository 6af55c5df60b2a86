package io.secretagent.sink;

/**
 * One instrumentation point: an exact method of an exact class, and what of it is masked. Names and descriptors are as
 * in class files.
 */
sealed interface Rule {

    /** The class that is rewritten. */
    String type();

    /** What the method returns is masked. */
    record Returned(String type, String method, String descriptor) implements Rule {}

    /** The method's first argument is masked before the method runs. */
    record Argument(String type, String method, String descriptor) implements Rule {}

    /**
     * What the class gets from calling a method is masked, in whichever of its own methods it calls it. For a method
     * that others implement, whose names cannot be known.
     *
     * @param owner the class through which the method is called
     */
    record Called(String type, String owner, String method, String descriptor) implements Rule {}
}
