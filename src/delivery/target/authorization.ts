import { md5, sha256 } from "../../kernel/digest.ts";

/** Who asks for what, in answer to a `401 Unauthorized`. */
interface Credentials {
  readonly user: string;
  readonly password: string;
  /** Request target, with its query. */
  readonly path: string;
  /** A value nobody else can foresee, for digests. */
  readonly clientNonce: string;
}

/** The `Authorization` header that a `WWW-Authenticate` header asks for; undefined when its scheme is not known. */
export function authorizationFor(challenge: string, credentials: Credentials): string | undefined {
  const [, scheme = "", rest = ""] = /^\s*(\w+)\s*(.*)$/s.exec(challenge) ?? [];
  if (scheme.toLowerCase() === "basic") return basic(credentials);
  if (scheme.toLowerCase() === "digest") return digest(parametersOf(rest), credentials);
  return undefined;
}

/** RFC 7617. */
function basic({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}

/** RFC 7616, with `qop=auth` or, as RFC 2069 had it, without. */
function digest(parameters: ReadonlyMap<string, string>, credentials: Credentials): string | undefined {
  const { user, password, path, clientNonce } = credentials;
  const algorithm = parameters.get("algorithm") ?? "MD5";
  const hash = { MD5: md5, "SHA-256": sha256 }[algorithm.toUpperCase()];
  const realm = parameters.get("realm") ?? "";
  const nonce = parameters.get("nonce");
  if (hash === undefined || nonce === undefined) return undefined;
  const secret = hash(`${user}:${realm}:${password}`);
  const asked = hash(`POST:${path}`);
  const isCounted = /(^|[\s,])auth([\s,]|$)/.test(parameters.get("qop") ?? "");
  const proof = isCounted ? `${nonce}:00000001:${clientNonce}:auth` : nonce;
  const opaque = parameters.get("opaque");
  return [
    `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${path}"`,
    `response="${hash(`${secret}:${proof}:${asked}`)}", algorithm=${algorithm}`,
    ...(isCounted ? [`qop=auth, nc=00000001, cnonce="${clientNonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(", ");
}

/** `realm="a b", qop=auth` by name, in lower case. */
function parametersOf(text: string): ReadonlyMap<string, string> {
  const pairs = text.matchAll(/(?:^|[\s,])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g);
  return new Map([...pairs].map(([, name = "", quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? ""]));
}
