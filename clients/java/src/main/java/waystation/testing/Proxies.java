package waystation.testing;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the environment has a proxy for addresses like the server's, it is for others. */
final class Proxies {
  private Proxies() {}

  /** The variables with which clients ask the server itself; none where no proxy is named, or the server's host is excepted. */
  static Map<String, String> past(Map<String, String> environment, URI endpoint) {
    var proxied = List.of(endpoint.getScheme() + "_proxy", "all_proxy");
    var isNamed =
        environment.entrySet().stream()
            .anyMatch(one -> !one.getValue().isEmpty() && proxied.contains(one.getKey().toLowerCase()));
    var host = endpoint.getHost();
    var excepted =
        Stream.of("NO_PROXY", "no_proxy")
            .flatMap(name -> Arrays.stream(environment.getOrDefault(name, "").split(",")))
            .map(String::trim)
            .filter(one -> !one.isEmpty())
            .collect(Collectors.toList());
    if (!isNamed || excepted.contains(host) || excepted.contains("*")) return Map.of();
    var hosts = Stream.concat(excepted.stream(), Stream.of(host)).distinct().collect(Collectors.joining(","));
    return Map.of("NO_PROXY", hosts, "no_proxy", hosts);
  }

  /** What to do about a proxy that clients of this process ask for the server, where there is one. */
  static List<String> advice(Map<String, String> environment, URI endpoint) {
    return past(environment, endpoint).values().stream()
        .limit(1)
        .map(hosts -> "A proxy is named by the environment, and clients ask it for this address, too, without NO_PROXY=" + hosts)
        .collect(Collectors.toList());
  }
}
