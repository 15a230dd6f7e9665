package waystation.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Why the server did not do what a test asked for, or what a test expected and there was not, as a sentence. */
public final class WaystationException extends RuntimeException {
  private final int status;
  private final transient JsonNode details;

  WaystationException(int status, String message, JsonNode details) {
    super(message);
    this.status = status;
    this.details = details;
  }

  /** There is no server, or none that can be asked. */
  WaystationException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.details = MissingNode.getInstance();
  }

  /** 400: it makes no sense. 404: there is no such thing. 409: it does not hold. 0: there is no server. */
  public int status() {
    return status;
  }

  /** What the answer says: of a wait how much there is, and which messages. */
  public JsonNode details() {
    return details;
  }
}
