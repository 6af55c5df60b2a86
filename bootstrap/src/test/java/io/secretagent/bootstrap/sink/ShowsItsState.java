package io.secretagent.bootstrap.sink;

import java.lang.reflect.InaccessibleObjectException;
import java.util.logging.Logger;

/** Shows what of the agent an application could notice. With an argument it logs first, so that the bridge is there. */
public final class ShowsItsState {

    public static void main(String[] logs) throws NoSuchFieldException {
        if (logs.length > 0) {
            Logger.getLogger("app").info("logged");
        }
        System.out.println("bridge " + bridge());
        try {
            String.class.getDeclaredField("value").setAccessible(true);
            System.out.println("java.lang open");
        } catch (InaccessibleObjectException e) {
            System.out.println("java.lang closed");
        }
    }

    private static boolean bridge() {
        try {
            Class.forName("java.lang.SecretAgentBridge");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private ShowsItsState() {}
}
