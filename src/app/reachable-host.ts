import { isIPv6 } from "node:net";

/** The host as a client on this machine writes it into a URL. One that means every address is no address to go to. */
export function reachableHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  // Node's answer takes 4 ms the first time, so it is asked only where there can be one.
  return host.includes(":") && isIPv6(host) ? `[${host}]` : host;
}
