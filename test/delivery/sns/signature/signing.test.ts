import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { Signing } from "../../../../src/delivery/sns/signature/signing.ts";

function certificateOf(region: string, signing: Signing = new Signing("us-east-1")) {
  const pem = signing.certificateAt(signing.certificatePath(region))!;
  return { pem, certificate: new X509Certificate(pem) };
}

test.for([
  ["1", "sha1", "sha256"],
  ["2", "sha256", "sha1"],
] as const)("version %s signs with %s", ([version, digest, otherDigest]) => {
  const signing = new Signing("us-east-1");
  const { certificate } = certificateOf("us-east-1", signing);
  const text = "Message\nwörld 🎉\n";
  const signature = Buffer.from(signing.sign(text, version), "base64");
  expect(verify(digest, Buffer.from(text), certificate.publicKey, signature)).toBe(true);
  expect(verify(otherDigest, Buffer.from(text), certificate.publicKey, signature)).toBe(false);
  expect(verify(digest, Buffer.from(`${text} `), certificate.publicKey, signature)).toBe(false);
});

test("every copy of the emulator has the same signatures and certificates", () => {
  const [one, other] = [new Signing("us-east-1"), new Signing("eu-west-1")];
  expect(one.sign("text", "1")).toBe(other.sign("text", "1"));
  expect(one.certificatePath("eu-west-1")).toBe(other.certificatePath("eu-west-1"));
});

test("the key is an RSA key of 2048 bits", () => {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(certificateOf("us-east-1").pem);
  expect(asymmetricKeyType).toBe("rsa");
  expect(asymmetricKeyDetails?.modulusLength).toBe(2048);
});

test.for([
  ["us-east-1", "sns.amazonaws.com", "sns.us-east-1.amazonaws.com"],
  ["af-south-1", "sns-signing.af-south-1.amazonaws.com", "sns.af-south-1.amazonaws.com"],
  ["cn-north-1", "sns-cn-north-1.amazonaws.com.cn", "sns.cn-north-1.amazonaws.com.cn"],
] as const)("the certificate of %s is good for %s", ([region, commonName, host]) => {
  const { certificate } = certificateOf(region);
  expect(certificate.subject).toBe(`CN=${commonName}`);
  for (const name of [commonName, host, "localhost"]) expect(certificate.checkHost(name)).toBe(name);
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(certificate.checkHost("sns.eu-west-1.amazonaws.com")).toBeUndefined();
});

test("the certificate is signed with its own key", () => {
  const { certificate } = certificateOf("us-east-1");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
});

test("the certificate's PEM has the form that AWS's Java SDK insists on", () => {
  expect(certificateOf("us-east-1").pem).toMatch(
    /^\s*-----BEGIN [A-Z]+-----\n[A-Za-z\d+/\n]+={0,2}\n-----END [A-Z]+-----\s*$/,
  );
});

test("a certificate is found under its own path only, and always under the same", () => {
  const signing = new Signing("us-east-1");
  const path = signing.certificatePath("us-east-1");
  expect(path).toMatch(/^\/SimpleNotificationService-[0-9a-f]{32}\.pem$/);
  expect(signing.certificatePath("us-east-1")).toBe(path);
  expect(signing.certificatePath("eu-west-1")).not.toBe(path);
  expect(signing.certificateAt(`/SimpleNotificationService-${"0".repeat(32)}.pem`)).toBeUndefined();
});

test("the home region's certificate is there before anything is signed, others' are not", () => {
  const before = new Signing("us-east-1");
  expect(new Signing("us-east-1").certificateAt(before.certificatePath("us-east-1"))).toBeDefined();
  expect(new Signing("us-east-1").certificateAt(before.certificatePath("eu-west-1"))).toBeUndefined();
});

// Its key is known to everybody: who trusts the certificate must not thereby trust a server that shows it.
test("the certificate is not for servers", () => {
  const { certificate } = certificateOf("us-east-1");
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.4"]);
  expect(certificate.ca).toBe(false);
});
