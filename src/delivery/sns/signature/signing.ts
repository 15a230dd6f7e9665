import { selfSignedCertificate } from "../../../kernel/certificate.ts";
import { md5 } from "../../../kernel/digest.ts";
import type { FactoredKey, SignedDigest } from "../../../kernel/rsa/factored-key.ts";
import { partitionOf } from "../../../kernel/scope.ts";
import { commonNameOf } from "./common-names.ts";
import { signingKey } from "./signing-key.ts";

/** Which digest a signature is made with: SHA-1 or SHA-256. */
export type SignatureVersion = "1" | "2";

/** Signs what leaves a topic. */
export interface Signer {
  /** RSASSA-PKCS1-v1_5 over the text in UTF-8, in base64; the same for the same text. */
  sign(text: string, version: SignatureVersion): string;
  /** Where the certificate for messages of that region's topics is served: `/SimpleNotificationService-<32 hex>.pem`. */
  certificatePath(region: string): string;
}

const DIGEST_OF_VERSION: Readonly<Record<SignatureVersion, SignedDigest>> = { 1: "sha1", 2: "sha256" };

/**
 * Signs with the emulator's key and keeps the certificates for it, one for each region. Key and certificates are made
 * when they are first wanted. A certificate is named after its own bytes, so its URL never leads to another one.
 */
export class Signing implements Signer {
  readonly #homeRegion: string;
  #key: FactoredKey | undefined;
  readonly #pathByRegion = new Map<string, string>();
  readonly #certificateByPath = new Map<string, string>();

  /** The certificate of `homeRegion` is there before anything is signed, for messages of a former run. */
  constructor(homeRegion: string) {
    this.#homeRegion = homeRegion;
  }

  sign(text: string, version: SignatureVersion): string {
    return this.#signingKey().sign(DIGEST_OF_VERSION[version], text).toString("base64");
  }

  certificatePath(region: string): string {
    const known = this.#pathByRegion.get(region);
    if (known !== undefined) return known;
    const certificate = this.#certify(region);
    const path = `/SimpleNotificationService-${md5(certificate)}.pem`;
    this.#pathByRegion.set(region, path);
    this.#certificateByPath.set(path, certificate);
    return path;
  }

  /** The certificate in PEM that is served under the path, or undefined when there is none. */
  certificateAt(path: string): string | undefined {
    this.certificatePath(this.#homeRegion);
    return this.#certificateByPath.get(path);
  }

  #certify(region: string): string {
    const commonName = commonNameOf(region);
    const alternativeNames = [commonName, hostOf(region), "localhost", "127.0.0.1"];
    const serial = Buffer.from(md5(region), "hex");
    return selfSignedCertificate(this.#signingKey(), { commonName, alternativeNames, serial, purpose: "messages" });
  }

  #signingKey(): FactoredKey {
    this.#key ??= signingKey();
    return this.#key;
  }
}

/** Where AWS serves the certificate of that region. */
function hostOf(region: string): string {
  const isChinese = partitionOf(region) === "aws-cn";
  return `sns.${region}.amazonaws.com${isChinese ? ".cn" : ""}`;
}
