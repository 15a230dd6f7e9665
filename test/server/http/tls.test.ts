import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { systemIds } from "../../../src/kernel/ids.ts";
import { selfSigned } from "../../../src/server/http/tls.ts";

function aCertificate({ host = "localhost", serial = systemIds.bytes(16) }: { host?: string; serial?: Buffer } = {}) {
  const { key, cert } = selfSigned(host, serial);
  return { certificate: new X509Certificate(cert), key: createPrivateKey(key) };
}

test("the certificate is signed with the key it certifies", () => {
  const { certificate, key } = aCertificate();
  expect(certificate.checkPrivateKey(key)).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
});

test.for([
  ["127.0.0.1", true],
  ["::1", true],
  ["127.0.0.2", false],
  ["::2", false],
] as const)("whether it is good for the address %s: %s", ([address, isGood]) => {
  expect(aCertificate().certificate.checkIP(address)).toBe(isGood ? address : undefined);
});

test.for([
  ["localhost", true],
  ["queues.test", true],
  ["example.com", false],
] as const)("whether it is good for the name %s, when made for queues.test: %s", ([name, isGood]) => {
  const { certificate } = aCertificate({ host: "queues.test" });
  expect(certificate.checkHost(name)).toBe(isGood ? name : undefined);
});

test.for(["192.168.1.20", "fd00::12:3", "2001:db8::", "::ffff:10.0.0.1", "1:2:3:4:5:6:7:8", "fe80::1"])(
  "it is good for the address it is made for: %s",
  (host) => {
    expect(aCertificate({ host }).certificate.checkIP(host)).toBe(host);
  },
);

test("the zone of an address is no part of the certificate", () => {
  expect(aCertificate({ host: "fe80::1%eth0" }).certificate.checkIP("fe80::1")).toBe("fe80::1");
});

test.for([
  ["00".repeat(16), "40"],
  ["7f".repeat(16), "7F"],
  ["80".repeat(16), "40"],
  ["ff".repeat(16), "7F"],
] as const)("the serial number of the bytes %s is positive and of full length", ([bytes, start]) => {
  const { certificate } = aCertificate({ serial: Buffer.from(bytes, "hex") });
  expect(certificate.serialNumber).toBe(start + bytes.slice(2).toUpperCase());
});

test("it is valid from 2020 to the end of 2049", () => {
  const { certificate } = aCertificate();
  expect(certificate.validFrom).toBe("Jan  1 00:00:00 2020 GMT");
  expect(certificate.validTo).toBe("Dec 31 23:59:59 2049 GMT");
});

test("names that make it long are written all the same", () => {
  const host = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.test`;
  expect(aCertificate({ host }).certificate.checkHost(host)).toBe(host);
});
