import { generateKeyPairSync } from "node:crypto";
import { selfSignedCertificate } from "../../kernel/certificate.ts";

/** Private key and certificate, both in PEM. */
export interface Credentials {
  readonly key: string;
  readonly cert: string;
}

/** A new key and a certificate signed with it, for the loopback names and addresses and for `host`. */
export function selfSigned(host: string, serial: Uint8Array): Credentials {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const alternativeNames = [...new Set(["localhost", "127.0.0.1", "::1", host.replace(/%.*/, "")])];
  const content = { commonName: "Waystation", alternativeNames, serial, purpose: "servers" } as const;
  return {
    key: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: selfSignedCertificate(keys, content),
  };
}
