package waystation.testing;

import java.util.Map;
import java.util.regex.Pattern;

/** A message as a test expects one. */
public final class Expected {
  final Map<String, ?> match;

  private Expected(Map<String, ?> match) {
    this.match = match;
  }

  /** Whose body is that text. */
  public static Expected body(String body) {
    return new Expected(Map.of("body", body));
  }

  /** Whose body has that text in it. */
  public static Expected contains(String text) {
    return new Expected(Map.of("contains", text));
  }

  /** In whose body the expression is found, in linear time: it looks neither ahead nor behind. */
  public static Expected pattern(Pattern pattern) {
    var flags = new StringBuilder();
    if ((pattern.flags() & Pattern.CASE_INSENSITIVE) != 0) flags.append('i');
    if ((pattern.flags() & Pattern.MULTILINE) != 0) flags.append('m');
    if ((pattern.flags() & Pattern.DOTALL) != 0) flags.append('s');
    return new Expected(Map.of("pattern", flags.length() == 0 ? pattern.pattern() : "(?" + flags + ")" + pattern));
  }

  /** Whose body is JSON that has this in it: a map, a list, or whatever else Jackson writes. */
  public static Expected json(Object part) {
    return new Expected(Map.of("json", part));
  }

  /** Which meets a match of the control routes in full: {@code Map.of("contains", "paid", "group", "g1")}. */
  public static Expected match(Map<String, ?> match) {
    return new Expected(Map.copyOf(match));
  }
}
