package waystation.testing;

import java.time.Duration;
import java.util.Map;

/** How long to wait: real time, time of the account that passes at once, or both. */
public final class Patience {
  private final Duration timeout;
  private final Duration within;

  private Patience(Duration timeout, Duration within) {
    this.timeout = timeout;
    this.within = within;
  }

  /** Four seconds of real time. */
  public static Patience usual() {
    return new Patience(null, null);
  }

  /** So much real time, ten minutes at most. */
  public static Patience timeout(Duration timeout) {
    return new Patience(timeout, null);
  }

  /** So much time of the account, which passes at once, and no more of it than it takes. */
  public static Patience within(Duration within) {
    return new Patience(null, within);
  }

  Map<String, Object> with(Map<String, Object> inputs) {
    inputs.put("timeout", text(timeout));
    inputs.put("within", text(within));
    return inputs;
  }

  static String text(Duration duration) {
    return duration == null ? null : duration.toMillis() + "ms";
  }
}
