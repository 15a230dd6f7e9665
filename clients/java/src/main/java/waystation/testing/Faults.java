package waystation.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes wrong on purpose, seeded. */
public final class Faults {
  private final Control control;

  Faults(Control control) {
    this.control = control;
  }

  /** {@code add(Map.of("operation", "SendMessage", "effect", "throttle", "times", 2))}. Answers with the seed. */
  public JsonNode add(Map<String, ?> fault) {
    var inputs = new LinkedHashMap<String, Object>(fault);
    inputs.put("account", control.account);
    return control.post("faults", inputs);
  }

  /** The faults, with how often each was tried and happened. */
  public JsonNode list() {
    return control.get("faults", control.scoped()).path("faults");
  }

  /** Ends all of them, and tells what they did. */
  public JsonNode removeAll() {
    return control.ask("DELETE", "faults", control.scoped()).path("faults");
  }

  /** Ends that one, and tells what it did. */
  public JsonNode remove(String id) {
    return control.ask("DELETE", "faults", control.scoped("id", id)).path("faults");
  }
}
