import type { KeyObject } from "node:crypto";
import { isIP, isIPv6 } from "node:net";

/*
 * Certificates, written in DER by hand: their shape never changes, so the few tags below are the whole of it (ITU-T
 * X.690, RFC 5280). Their dates are fixed too; they live no longer than the process that made them.
 */

/** A key to certify: RSA, or ECDSA with P-256. */
interface CertifiedKey {
  readonly publicKey: KeyObject;
  /** A signature by its private half. */
  sign(digest: "sha256", data: Uint8Array): Uint8Array;
}

/** What a certificate says. */
interface CertificateContent {
  readonly commonName: string;
  /** Host names and addresses it is good for. */
  readonly alternativeNames: readonly string[];
  /** Sixteen bytes of which two certificates should not share all. */
  readonly serial: Uint8Array;
  /** What it is for, and good for nothing else: TLS servers, or signed messages. */
  readonly purpose: "servers" | "messages";
}

const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
};
const EXPLICIT = 0xa0;
const SAN_DNS = 0x82;
const SAN_IP = 0x87;

const OID = {
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  extendedKeyUsage: [0x55, 0x1d, 0x25],
  serverAuth: [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01],
  emailProtection: [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x04],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  sha256WithRsa: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b],
};

/** A certificate of that key, signed with it, in PEM with line feeds only. */
export function selfSignedCertificate(key: CertifiedKey, content: CertificateContent): string {
  const { publicKey } = key;
  const algorithm = publicKey.asymmetricKeyType === "rsa" ? rsaAlgorithm() : sequence(oid(OID.ecdsaWithSha256));
  const body = sequence(
    der(EXPLICIT, der(TAG.integer, Buffer.of(2))), // version 3
    der(TAG.integer, positive(content.serial)),
    algorithm,
    distinguishedName(content.commonName),
    sequence(utcTime("200101000000Z"), utcTime("491231235959Z")),
    distinguishedName(content.commonName),
    publicKey.export({ type: "spki", format: "der" }),
    der(EXPLICIT + 3, sequence(...extensions(content))),
  );
  const signature = der(TAG.bits, Buffer.of(0), key.sign("sha256", body));
  return pem(sequence(body, algorithm, signature));
}

function rsaAlgorithm(): Buffer {
  return sequence(oid(OID.sha256WithRsa), der(TAG.nothing));
}

function extensions({ alternativeNames, purpose }: CertificateContent): Buffer[] {
  return [
    extension(OID.subjectAltName, sequence(...alternativeNames.map(alternativeName))),
    extension(OID.extendedKeyUsage, sequence(oid(purpose === "servers" ? OID.serverAuth : OID.emailProtection))),
  ];
}

function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), derLength(body.length), body]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x100) return Buffer.of(0x81, length);
  return Buffer.of(0x82, length >> 8, length & 0xff);
}

function sequence(...items: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, ...items);
}

function oid(encoded: readonly number[]): Buffer {
  return der(TAG.oid, Buffer.from(encoded));
}

function utcTime(text: string): Buffer {
  return der(TAG.utcTime, Buffer.from(text));
}

function distinguishedName(name: string): Buffer {
  return sequence(der(TAG.set, sequence(oid(OID.commonName), der(TAG.utf8, Buffer.from(name)))));
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(oid(id), der(TAG.octets, value));
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 0 ? der(SAN_DNS, Buffer.from(name)) : der(SAN_IP, addressBytes(name));
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split(".").map(Number));
  const hexadecimal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail = ""] = hexadecimal.split("::");
  const front = groups(head);
  const back = groups(tail);
  const zeros = new Array<number>(8 - front.length - back.length).fill(0);
  return Buffer.from([...front, ...zeros, ...back].flatMap((group) => [group >> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

/** DER integers are signed, and start with the first byte that counts. */
function positive(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy[0] = (copy[0]! & 0x7f) | 0x40;
  return copy;
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
