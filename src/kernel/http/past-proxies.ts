type Variables = Readonly<Record<string, string | undefined>>;

/** Some programs read one of them first, some the other, some one alone. */
const EXCEPTIONS = ["NO_PROXY", "no_proxy"] as const;

/**
 * The variables with which programs ask a server of ours itself, where their environment has a proxy for addresses like its own: those
 * that are excepted already, and its host. None where no proxy is named, or the host is excepted.
 */
export function pastProxies(environment: Variables, endpoint: string): Readonly<Record<string, string>> {
  const { protocol, hostname } = new URL(endpoint);
  const proxied = [`${protocol.slice(0, -1)}_proxy`, "all_proxy"];
  if (!Object.entries(environment).some(([name, value]) => value && proxied.includes(name.toLowerCase()))) return {};
  const host = hostname.replace(/^\[|\]$/g, "");
  const said = EXCEPTIONS.map((name) => environment[name] ?? "").filter((text) => text !== "");
  const excepted = said.map((text) => text.split(",").map((one) => one.trim()));
  const isExcepted = (hosts: readonly string[]): boolean => hosts.includes(host) || hosts.includes("*");
  if (excepted.length > 0 && excepted.every(isExcepted)) return {};
  const hosts = [...new Set([...excepted.flat(), host])].filter((one) => one !== "").join(",");
  return Object.fromEntries(EXCEPTIONS.map((name) => [name, hosts]));
}
