import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { credentialsFor } from "../../src/app/credentials.ts";
import { configFromOptions, UsageError } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { selfSigned } from "../../src/server/http/tls.ts";

const ids = seededIds("credentials");

/** Files of those contents in a folder that is removed again. */
function files({ cert, key }: { cert: string; key: string }) {
  const folder = mkdtempSync(join(tmpdir(), "waystation-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [tlsCert, tlsKey] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  writeFileSync(tlsCert, cert);
  writeFileSync(tlsKey, key);
  return configFromOptions({ tlsCert, tlsKey });
}

test("there are none while TLS is off", () => {
  expect(credentialsFor(configFromOptions({}), ids)).toBeUndefined();
});

test("those of files are the files' contents", async () => {
  const pair = selfSigned("localhost", ids.bytes(16));
  expect(await credentialsFor(files(pair), ids)?.()).toEqual(pair);
});

test("self-signed ones are a pair, good for the configured host", async () => {
  const config = configFromOptions({ tls: "self-signed", host: "queues.test" });
  const { cert, key } = (await credentialsFor(config, ids)?.()) ?? { cert: "", key: "" };
  const certificate = new X509Certificate(cert);
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(certificate.checkHost("queues.test")).toBe("queues.test");
});

test("a file that is not there is reported by its name", () => {
  const config = configFromOptions({ tlsCert: "/nowhere/cert.pem", tlsKey: "/nowhere/key.pem" });
  expect(() => credentialsFor(config, ids)).toThrow(UsageError);
  expect(() => credentialsFor(config, ids)).toThrow(/^cannot read \/nowhere\/cert\.pem: /);
});

test("a file that holds no certificate is refused before anybody connects", () => {
  const config = files({ ...selfSigned("localhost", ids.bytes(16)), cert: "nothing" });
  expect(() => credentialsFor(config, ids)).toThrow(UsageError);
  expect(() => credentialsFor(config, ids)).toThrow(/^cannot use --tls-cert and --tls-key: /);
});

test("a key that belongs to another certificate is refused before anybody connects", () => {
  const { cert } = selfSigned("localhost", ids.bytes(16));
  const { key } = selfSigned("localhost", ids.bytes(16));
  expect(() => credentialsFor(files({ cert, key }), ids)).toThrow(
    new UsageError("the key of --tls-key does not belong to the certificate of --tls-cert"),
  );
});
