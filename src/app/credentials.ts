import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Ids } from "../kernel/ids.ts";
import { type Credentials, selfSigned } from "../server/http/tls.ts";
import { UsageError } from "./settings/config.ts";
import type { Config } from "./settings/settings.ts";

const SERIAL_BYTES = 16;

/** Where the listener gets key and certificate; undefined when TLS is off. Throws UsageError when files are no good. */
export function credentialsFor({ tls, tlsCert, tlsKey, host }: Config, ids: Ids): (() => Credentials) | undefined {
  if (tlsCert !== undefined && tlsKey !== undefined) {
    const credentials = { cert: readPem(tlsCert), key: readPem(tlsKey) };
    checkPair(credentials);
    return () => credentials;
  }
  if (tls === "off") return undefined;
  return () => selfSigned(host, ids.bytes(SERIAL_BYTES));
}

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`cannot read ${path}: ${messageOf(cause)}`);
  }
}

function checkPair({ cert, key }: Credentials): void {
  let isPair: boolean;
  try {
    isPair = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new UsageError(`cannot use --tls-cert and --tls-key: ${messageOf(cause)}`);
  }
  if (!isPair) throw new UsageError("the key of --tls-key does not belong to the certificate of --tls-cert");
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
