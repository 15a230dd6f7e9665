package waystation.testing;

import java.util.StringJoiner;

/** What is good to know when a test has failed: it stands beneath the failure. */
final class Hint extends RuntimeException {
  private static final int MOST_MESSAGES = 3;

  Hint(WaystationClient account) {
    super(text(account), null, false, false);
  }

  private static String text(WaystationClient account) {
    var lines = new StringJoiner("\n  ", "", "");
    lines.add("account " + account.accountId() + " at " + account.endpoint());
    Proxies.advice(System.getenv(), account.endpoint()).forEach(lines::add);
    try {
      tell(account, lines);
    } catch (WaystationException failure) {
      lines.add(failure.getMessage());
    }
    return lines.toString();
  }

  private static void tell(WaystationClient account, StringJoiner lines) {
    for (var queue : account.queues()) {
      var counts = queue.path("visible") + " visible, " + queue.path("inFlight") + " in flight, " + queue.path("delayed");
      lines.add(queue.path("name").asText() + ": " + counts + " delayed");
      account.queue(queue.path("arn").asText()).contents().stream()
          .limit(MOST_MESSAGES)
          .forEach(message -> lines.add("  " + account.explain(message.path("id").asText()).path("text").asText()));
    }
    for (var finding : account.report()) {
      lines.add(finding.path("text").asText() + " " + finding.path("evidence").asText() + " " + finding.path("advice").asText());
    }
    for (var call : account.calls(null)) {
      var outcome = call.path("outcome").asText();
      if (!outcome.equals("OK")) lines.add(call.path("operation").asText() + " was answered with " + outcome);
    }
  }
}
