package waystation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The server all tests share, in a process that ends with this one. */
final class Waystation {
  private static final List<String> COMMAND =
      List.of("node", "../../../dist/bundle/main.js", "start", "--port", "0", "--tls", "self-signed", "--log-level", "error");
  private static final Waystation SHARED = new Waystation();

  private final HttpClient control = HttpClient.newHttpClient();
  private final int port;

  private Waystation() {
    try {
      var process = new ProcessBuilder(COMMAND).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      var ready = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
      port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static int port() {
    return SHARED.port;
  }

  static URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The same port, with a certificate nobody knows. */
  static URI secureEndpoint() {
    return URI.create("https://127.0.0.1:" + port());
  }

  /** Moves the clock of one account; what fell due has happened when this returns. */
  static void advance(String account, Duration by) {
    var query = "?seconds=" + by.toMillis() / 1000.0 + "&account=" + account;
    SHARED.post(endpoint().resolve("/_waystation/clock/advance" + query));
  }

  private void post(URI uri) {
    try {
      var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
      var answer = control.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) throw new AssertionError(answer.body());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new AssertionError(cause);
    }
  }
}
