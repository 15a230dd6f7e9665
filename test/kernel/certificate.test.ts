import { generateKeyPairSync, type KeyPairKeyObjectResult, sign, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { selfSignedCertificate } from "../../src/kernel/certificate.ts";

const content = { commonName: "Orders & Söhne", alternativeNames: ["orders.test"], serial: Buffer.alloc(16, 7) };

const keys = {
  ec: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  rsa: generateKeyPairSync("rsa", { modulusLength: 1024 }), // short, as making long ones takes long
};

function certified({ privateKey, publicKey }: KeyPairKeyObjectResult) {
  return { publicKey, sign: (digest: string, data: Uint8Array) => sign(digest, data, privateKey) };
}

test.for(["ec", "rsa"] as const)("a certificate of an %s key is signed with it", (kind) => {
  const certificate = new X509Certificate(
    selfSignedCertificate(certified(keys[kind]), { ...content, purpose: "servers" }),
  );
  expect(certificate.verify(keys[kind].publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(keys[kind].privateKey)).toBe(true);
  expect(certificate.subject).toBe("CN=Orders & Söhne");
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.checkHost("orders.test")).toBe("orders.test");
});

test.for([
  ["servers", "1.3.6.1.5.5.7.3.1"],
  ["messages", "1.3.6.1.5.5.7.3.4"],
] as const)("a certificate for %s says so", ([purpose, usage]) => {
  const certificate = new X509Certificate(selfSignedCertificate(certified(keys.ec), { ...content, purpose }));
  expect(certificate.keyUsage).toEqual([usage]);
});
