package waystation.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds a server that runs, or what starts one. */
final class Command {
  static final String NONE_FOUND =
      "There is no waystation to start: npm install --save-dev waystation, or the file that `npm pack` makes of it, or have"
          + " WAYSTATION_COMMAND (waystation.command) say what starts it, or WAYSTATION_URL (waystation.url) where one runs.";

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private Command() {}

  /** What a system property says, or else a variable; null for nothing. */
  static String said(String property, String... variables) {
    var text = System.getProperty(property);
    for (int i = 0; (text == null || text.isBlank()) && i < variables.length; i++) text = System.getenv(variables[i]);
    return text == null || text.isBlank() ? null : text;
  }

  /** What is said, or is on the path, or in the npm project around the folder, or what npx finds and need not download. */
  static List<String> find(String said, String path, Path folder) {
    if (said != null) return words(said);
    var places = new ArrayList<Path>();
    for (var place : path.split(System.getProperty("path.separator"))) places.add(Path.of(place));
    for (var above = folder.toAbsolutePath(); above != null; above = above.getParent()) {
      places.add(above.resolve("node_modules/.bin"));
    }
    var found = executable("waystation", places);
    if (found != null) return List.of(found);
    var npx = executable("npx", places);
    if (npx == null) throw new WaystationException(NONE_FOUND, null);
    return List.of(npx, "--no-install", "waystation");
  }

  private static String executable(String name, List<Path> places) {
    var isWindows = System.getProperty("os.name").startsWith("Windows");
    for (var place : places) {
      var file = place.resolve(isWindows ? name + ".cmd" : name);
      if (Files.isExecutable(file)) return file.toString();
    }
    return null;
  }

  static List<String> words(String command) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(command);
    while (found.find()) {
      words.add(found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3));
    }
    return words;
  }
}
