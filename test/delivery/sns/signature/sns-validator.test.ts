import https from "node:https";
import { createRequire } from "node:module";
import { connect } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { Envelopes } from "../../../../src/delivery/sns/envelope/envelopes.ts";
import { linkBaseOf } from "../../../../src/delivery/sns/envelope/links.ts";
import { type SignatureVersion, Signing } from "../../../../src/delivery/sns/signature/signing.ts";
import { seededIds } from "../../../../src/kernel/ids.ts";
import { SystemClock } from "../../../../src/kernel/time/system-clock.ts";
import { withSigningCertificates } from "../../../../src/server/http/dispatch.ts";
import { Listener } from "../../../../src/server/http/listener.ts";
import { selfSigned } from "../../../../src/server/http/tls.ts";
import { silentLogger } from "../../../../src/server/log.ts";
import { aConfirmation, aDelivery, aNotification, aSubscription, aTopic } from "../../deliveries.ts";

type Validate = (message: unknown, done: (error: Error | null, message?: unknown) => void) => void;
const MessageValidator: new () => { readonly validate: Validate } = createRequire(import.meta.url)("sns-validator");

const HOST = "sns.us-east-1.amazonaws.com";
const ids = seededIds("sns-validator");
const signing = new Signing("us-east-1");
const envelopes = new Envelopes({ signer: signing, linkBase: linkBaseOf("https://sns.{region}.amazonaws.com") });
const usualAgent = https.globalAgent;

afterEach(() => {
  https.globalAgent = usualAgent;
});

/** Serves the certificates as the host the validator insists on: TLS on its port 443, by a certificate it trusts. */
async function aCertificateServer(): Promise<AsyncDisposable> {
  const credentials = selfSigned(HOST, ids.bytes(16));
  const refuse = withSigningCertificates(
    (_, response) => void response.writeHead(404).end(),
    (path) => signing.certificateAt(path),
  );
  const listener = new Listener({
    serve: refuse,
    credentials: () => credentials,
    clock: new SystemClock(),
    log: silentLogger,
  });
  const port = await listener.open("127.0.0.1", 0);
  const agent = new https.Agent();
  agent.createConnection = () => connect({ port, host: "127.0.0.1", servername: HOST, ca: credentials.cert });
  https.globalAgent = agent;
  return { [Symbol.asyncDispose]: () => listener.close(Promise.resolve()) };
}

/** The validator as it is installed, with AWS's own host pattern. */
async function validate(message: unknown): Promise<unknown> {
  await using _server = await aCertificateServer();
  return await new Promise((resolve, reject) => {
    new MessageValidator().validate(message, (error, valid) => (error === null ? resolve(valid) : reject(error)));
  });
}

const versions: readonly SignatureVersion[] = ["1", "2"];
const published = { subject: "Grüße", message: 'zwei\nZeilen, "Zitat", 日本語, 🎉\n' };

test.for(versions)("it accepts a notification with a signature of version %s", async (signatureVersion) => {
  const delivery = aDelivery({ topic: aTopic({ signatureVersion }), notification: aNotification(published) });
  await expect(validate(envelopes.notification(delivery).text)).resolves.toMatchObject({ Message: published.message });
});

test.for(versions)(
  "it accepts a subscription confirmation with a signature of version %s",
  async (signatureVersion) => {
    const delivery = aConfirmation({ topic: aTopic({ signatureVersion }) });
    await expect(validate(envelopes.confirmation(delivery))).resolves.toMatchObject({ Token: delivery.token });
  },
);

test.for([published, { message: "without subject" }])("it accepts what a function gets: %o", async (content) => {
  const delivery = aDelivery({ notification: aNotification(content), subscription: aSubscription("lambda") });
  const { Sns } = JSON.parse(envelopes.lambdaEvent(delivery)).Records[0];
  await expect(validate(Sns)).resolves.toMatchObject({ Message: content.message });
});

test("it refuses a message that was changed on the way", async () => {
  const message = JSON.parse(envelopes.notification(aDelivery({ notification: aNotification(published) })).text);
  await expect(validate({ ...message, Subject: "Grüsse" })).rejects.toThrow("The message signature is invalid.");
});

// The validator forgets that the token is signed too, and so refuses AWS's own.
test("it refuses unsubscribe confirmations, as it does those of AWS", async () => {
  const message = JSON.parse(envelopes.confirmation(aConfirmation({ type: "UnsubscribeConfirmation" })));
  await expect(validate(message)).rejects.toThrow("The message signature is invalid.");
});
