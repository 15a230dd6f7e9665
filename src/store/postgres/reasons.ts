/** PostgreSQL's code for a server, or a database, that can only be read. */
export const READ_ONLY = "25006";
/** And the one for a user, or a way to connect, that is not let in. */
const NOT_ADMITTED = "28000";

type Failure = NodeJS.ErrnoException & { readonly errors?: readonly Error[] };

/** What to do, by Node's code or PostgreSQL's. */
const BY_CODE: Readonly<Partial<Record<string, string>>> = {
  ECONNREFUSED: "nobody listens there",
  ENOTFOUND: "its host is not known",
  EAI_AGAIN: "its host is not known",
  EHOSTUNREACH: "its host cannot be reached",
  ENETUNREACH: "its host cannot be reached",
  [READ_ONLY]: "it can only be read, as a replica: take the URL of the server that is written to",
};

/** What to do, by what pg says where there is no code. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^timeout expired$|^Query read timeout$/, "it does not answer"],
  [/client password must be a string/, "it wants a password, and its URL has none"],
  [/does not support SSL/, "it takes no TLS, which its URL asks for: leave out sslmode"],
];

/** Nobody vouches for the certificate, as far as this machine knows. */
const UNTRUSTED = /^(DEPTH_ZERO_)?SELF_SIGNED|^UNABLE_TO_|^CERT_|^ERR_TLS_CERT/;

/** Why something failed, in the words of people where there are some, in one line. */
export function reasonOf(cause: unknown): string {
  const { code = "", syscall, path, message, errors } = cause as Failure;
  if (code === "ENOENT") return syscall === "open" ? `${path} is not there` : "its socket is not there";
  const [reason = ""] = (message || (errors?.[0]?.message ?? code)).split("\n", 1);
  if (code === NOT_ADMITTED && /no encryption$|SSL off$/.test(reason)) {
    return `it takes nobody without TLS, or not this user: add sslmode=verify-full to its URL (${reason})`;
  }
  if (UNTRUSTED.test(code)) {
    return `its certificate is not to be trusted (${reason}): add sslrootcert=… to its URL with the file of who signed it, or sslmode=no-verify`;
  }
  return BY_CODE[code] ?? BY_MESSAGE.find(([said]) => said.test(reason))?.[1] ?? reason;
}
