import { generateKeyPair, generateKeyPairSync, sign } from "node:crypto";
import { type KeyPair, selfSignedCertificate } from "../../kernel/certificate.ts";
import { md5 } from "../../kernel/digest.ts";
import type { Ids } from "../../kernel/ids.ts";
import { commonNameOf } from "./common-names.ts";
import type { SignatureVersion, Signer } from "./signer.ts";

/** AWS's certificates hold keys of that size. */
const KEY = { modulusLength: 2048 };
const SERIAL_BYTES = 16;
const DIGEST_OF_VERSION: Readonly<Record<SignatureVersion, string>> = { 1: "sha1", 2: "sha256" };

/**
 * The emulator's signing key and its certificates, one for each region, all made when they are first wanted: the key
 * takes a tenth of a second and more. A certificate is named after its own bytes, so its URL never leads to another one.
 */
export class Signing implements Signer {
  readonly #ids: Ids;
  #keys: KeyPair | undefined;
  #isPreparing = false;
  readonly #pathByRegion = new Map<string, string>();
  readonly #certificateByPath = new Map<string, string>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  prepare(): void {
    if (this.#keys !== undefined || this.#isPreparing) return;
    this.#isPreparing = true;
    generateKeyPair("rsa", KEY, (error, publicKey, privateKey) => {
      if (error === null) this.#keys ??= { publicKey, privateKey };
    });
  }

  sign(text: string, version: SignatureVersion): string {
    return sign(DIGEST_OF_VERSION[version], Buffer.from(text), this.#key().privateKey).toString("base64");
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
    return this.#certificateByPath.get(path);
  }

  #certify(region: string): string {
    const commonName = commonNameOf(region);
    const alternativeNames = [commonName, `sns.${region}.amazonaws.com`, "localhost", "127.0.0.1"];
    const serial = this.#ids.bytes(SERIAL_BYTES);
    return selfSignedCertificate(this.#key(), { commonName, alternativeNames, serial, isForServers: false });
  }

  #key(): KeyPair {
    this.#keys ??= generateKeyPairSync("rsa", KEY);
    return this.#keys;
  }
}
