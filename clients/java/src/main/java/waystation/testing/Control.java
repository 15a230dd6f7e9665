package waystation.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the control routes of a server, of one account or of all. */
final class Control {
  /** How many items a page has at most. */
  private static final int LARGEST_PAGE = 1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  // No proxy: a server on this machine is not behind the one that others are behind.
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();

  final URI endpoint;
  final String account;

  Control(URI endpoint, String account) {
    this.endpoint = endpoint;
    this.account = account;
  }

  /** Inputs by their names; those that are null are not given. */
  static Map<String, Object> inputs(Object... namesAndValues) {
    var inputs = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) inputs.put((String) namesAndValues[i], namesAndValues[i + 1]);
    return inputs;
  }

  /** Inputs of a route that takes an account. */
  Map<String, Object> scoped(Object... namesAndValues) {
    var inputs = inputs(namesAndValues);
    inputs.put("account", account);
    return inputs;
  }

  JsonNode get(String path, Map<String, Object> inputs) {
    return ask("GET", path, inputs);
  }

  JsonNode post(String path, Map<String, Object> inputs) {
    return ask("POST", path, inputs);
  }

  /** Of a route whose body is a document as it stands. */
  JsonNode postText(String path, String text, Map<String, Object> inputs) {
    var body = BodyPublishers.ofString(text);
    var request = HttpRequest.newBuilder(endpoint.resolve("/_waystation/" + path + query(inputs))).POST(body).build();
    return answerTo(request);
  }

  /** All items of a listing, page by page. */
  List<JsonNode> list(String path, String member, Map<String, Object> inputs) {
    var items = new ArrayList<JsonNode>();
    var asked = new LinkedHashMap<>(inputs);
    asked.put("limit", LARGEST_PAGE);
    while (true) {
      var page = get(path, asked);
      if (!page.path("isRecording").asBoolean(true)) {
        throw new WaystationException(409, page.path("note").asText("Nothing is recorded."), page);
      }
      page.path(member).forEach(items::add);
      if (!page.has("next")) return items;
      asked.put("next", page.get("next").asText());
    }
  }

  JsonNode ask(String method, String path, Map<String, Object> inputs) {
    var given = new LinkedHashMap<>(inputs);
    given.values().removeIf(value -> value == null);
    return answerTo(request(method, "/_waystation/" + path, given));
  }

  private JsonNode answerTo(HttpRequest request) {
    var response = send(request);
    var answer = read(response);
    if (response.statusCode() < 400) return answer;
    var sentence = answer.path("message").asText(response.statusCode() + " " + response.body());
    throw new WaystationException(response.statusCode(), sentence, answer);
  }

  private HttpRequest request(String method, String path, Map<String, Object> given) {
    if (method.equals("GET")) {
      return HttpRequest.newBuilder(endpoint.resolve(path + query(given))).build();
    }
    try {
      var body = BodyPublishers.ofString(JSON.writeValueAsString(given));
      return HttpRequest.newBuilder(endpoint.resolve(path)).method(method, body).build();
    } catch (JsonProcessingException cause) {
      throw new IllegalArgumentException("This cannot be written as JSON: " + given, cause);
    }
  }

  private static String query(Map<String, Object> inputs) {
    return "?" + inputs.entrySet().stream().map(Control::parameter).collect(Collectors.joining("&"));
  }

  private static String parameter(Map.Entry<String, Object> input) {
    return input.getKey() + "=" + URLEncoder.encode(String.valueOf(input.getValue()), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException cause) {
      var advice = "https".equals(endpoint.getScheme()) ? " Without --tls it is http:// that a server has." : "";
      throw new WaystationException("No Waystation answers at " + endpoint + "." + advice, cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new WaystationException("The wait for " + endpoint + " was interrupted.", cause);
    }
  }

  private static JsonNode read(HttpResponse<String> response) {
    if (response.body().isEmpty()) return MissingNode.getInstance();
    var isJson = response.headers().firstValue("content-type").orElse("").contains("json");
    try {
      return isJson ? JSON.readTree(response.body()) : new TextNode(response.body());
    } catch (JsonProcessingException cause) {
      throw new WaystationException("What answers at " + response.uri() + " is no Waystation.", cause);
    }
  }
}
