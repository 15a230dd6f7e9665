package waystation;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting for what clients do in threads of their own. */
final class Patience {
  /** Only ends what hangs. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private Patience() {}

  static void await(String what, BooleanSupplier happened) throws InterruptedException {
    var end = Instant.now().plus(LIMIT);
    while (!happened.getAsBoolean()) {
      if (Instant.now().isAfter(end)) throw new AssertionError("waited in vain for " + what);
      Thread.sleep(20);
    }
  }
}
