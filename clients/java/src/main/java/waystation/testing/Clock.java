package waystation.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** Time of an account, or of all. What falls due on the way has happened when a call returns. */
public final class Clock {
  private final Control control;

  Clock(Control control) {
    this.control = control;
  }

  public Instant now() {
    return Instant.parse(control.get("clock", control.scoped()).path("time").asText());
  }

  public boolean isFrozen() {
    return control.get("clock", control.scoped()).path("isFrozen").asBoolean();
  }

  /** Stops time at the present instant. */
  public void freeze() {
    control.post("clock/freeze", control.scoped());
  }

  /** Lets time run on from the present instant. */
  public void resume() {
    control.post("clock/resume", control.scoped());
  }

  public void advance(Duration duration) {
    control.post("clock/advance", control.scoped("duration", Patience.text(duration)));
  }

  /** Moves time forward to an instant. */
  public void set(Instant time) {
    control.post("clock/set", control.scoped("time", time.toString()));
  }

  /** Moves time forward to what is due next, and says under {@code due} what that was. */
  public JsonNode advanceToNext() {
    return control.post("clock/advance-to-next", control.scoped());
  }

  /** What is due next, and why. */
  public JsonNode due() {
    return control.get("clock/due", control.scoped()).path("due");
  }
}
