package waystation.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server in a process of its own, which ends with {@link #close()} and, whatever happens, with this process. */
public final class WaystationServer extends WaystationClient implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Waystation is ready at (\\S+).*");
  private static final int STOPS_WITHIN_SECONDS = 10;

  private final Process process;

  private WaystationServer(Process process, URI endpoint) {
    super(new Control(endpoint, null));
    this.process = process;
  }

  /** Starts one on a free port, with a history. Options are those of the command, such as {@code --profile}, {@code aws}. */
  public static WaystationServer start(String... options) {
    var said = Command.said("waystation.command", "WAYSTATION_COMMAND");
    var path = System.getenv("PATH");
    return start(Command.find(said, path == null ? "" : path, Path.of("")), List.of(options));
  }

  static WaystationServer start(List<String> found, List<String> options) {
    var command = new ArrayList<>(found);
    command.addAll(List.of("start", "--port", "0", "--history", "on", "--stop-with-input"));
    command.addAll(options);
    try {
      // It says on standard error what it refuses; its end is that of its input, which the operating system closes with ours.
      var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return ready(process, found);
    } catch (IOException cause) {
      throw new WaystationException(found.get(0) + " cannot be started: " + cause.getMessage(), cause);
    }
  }

  private static WaystationServer ready(Process process, List<String> found) throws IOException {
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var ready = READY.matcher(line);
      if (!ready.matches()) continue;
      var rest = new Thread(() -> output.lines().forEach(more -> {}), "waystation-output");
      rest.setDaemon(true);
      rest.start();
      return new WaystationServer(process, URI.create(ready.group(1)));
    }
    process.destroyForcibly();
    if (found.contains("--no-install")) throw new WaystationException(Command.NONE_FOUND, null);
    throw new WaystationException(found.get(0) + " did not become ready; it says why on standard error.", null);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) return;
    } catch (IOException cause) {
      // It has ended already, or is ended below.
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
