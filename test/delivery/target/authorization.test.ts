import { expect, test } from "vitest";
import { authorizationFor } from "../../../src/delivery/target/authorization.ts";
import { receive } from "../../support/queue.ts";
import { aDelivering, publish } from "../fixture.ts";
import { answers, type Behaviour, inTurn, Receiver } from "../receiver.ts";

const credentials = { user: "Mufasa", password: "Circle of Life", path: "/dir/index.html", clientNonce: "0a4f113b" };

test("a Basic challenge is answered with user and password in base64", () => {
  const authorization = authorizationFor('Basic realm="x"', { ...credentials, user: "käse", password: "a:b" });
  expect(authorization).toBe(`Basic ${Buffer.from("käse:a:b").toString("base64")}`);
});

// RFC 2617 §3.5 has these values for a GET; the digests are those of a POST, by the formula of §3.2.2.
test("a Digest challenge is answered with a proof that names the challenge", () => {
  const challenge =
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
  expect(authorizationFor(challenge, credentials)).toBe(
    'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
      'uri="/dir/index.html", response="8122ef5a823852c6f84951cb1fc82f5c", algorithm=MD5, qop=auth, nc=00000001, cnonce="0a4f113b", ' +
      'opaque="5ccc069c403ebaf9f0171e9517f40e41"',
  );
});

test.for([
  ["without qop", 'Digest realm="r", nonce="n"', "9cfb3c982a513c1449b00622ca4824bc", "algorithm=MD5"],
  [
    "of SHA-256",
    'digest realm="r", nonce="n", qop=auth, algorithm=SHA-256',
    "a23f82b653752b086dadafcd766c863b517c79cbcd5bb02f9629cbddf956ac59",
    "algorithm=SHA-256, qop=auth",
  ],
] as const)("a Digest challenge %s is answered", ([, challenge, response, rest]) => {
  expect(authorizationFor(challenge, credentials)).toContain(`response="${response}", ${rest}`);
});

test.for(["Bearer", 'Negotiate abc=="', "", 'Digest realm="r"', 'Digest realm="r", nonce="n", algorithm=MD5-sess'])(
  "the challenge %j is not answered",
  (challenge) => {
    expect(authorizationFor(challenge, credentials)).toBeUndefined();
  },
);

/** An endpoint that wants to know who posts, and a subscription whose URL says it. */
async function aGuarded(behaviour: Behaviour, userInfo: string) {
  const receiver = await Receiver.open(behaviour);
  const delivering = aDelivering();
  const topic = delivering.topic();
  const deadLetters = delivering.create("dead");
  delivering.subscribe(topic, "http", receiver.url("/a?b=c", userInfo), {
    isRaw: true,
    deadLetterTargetArn: deadLetters.arn,
  });
  return {
    ...delivering,
    receiver,
    topic,
    deadLetters,
    [Symbol.asyncDispose]: async () => {
      delivering.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

const challenged = answers(401, { "www-authenticate": 'Basic realm="hooks"' });

test("credentials in the URL are sent when the endpoint asks, in the same attempt", async () => {
  await using guarded = await aGuarded(inTurn(challenged, answers(200)), "us%40er:p%3Aw@");
  publish(guarded.topic);
  expect(await guarded.logged(1)).toMatchObject({ attempt: 1, outcome: { result: "delivered" } });
  const [first, second] = guarded.receiver.requests;
  expect(first!.headers.authorization).toBeUndefined();
  expect(second!.headers.authorization).toBe(`Basic ${Buffer.from("us@er:p:w").toString("base64")}`);
  expect(second!.headers).toMatchObject({ ...first!.headers });
  expect(second!.body).toBe(first!.body);
  expect(guarded.lines()).toMatchObject([{ endpoint: expect.stringContaining("//us%40er:****@") }]);
});

test("a Digest challenge is answered with a proof for the endpoint's path", async () => {
  const challenge = { "www-authenticate": 'Digest realm="hooks", nonce="n", qop="auth"' };
  await using guarded = await aGuarded(inTurn(answers(401, challenge), answers(200)), "user:password@");
  publish(guarded.topic);
  expect((await guarded.logged(1)).outcome.result).toBe("delivered");
  expect(guarded.receiver.requests[1]!.headers.authorization).toMatch(/^Digest username="user", .*uri="\/a\?b=c", /);
});

test("a challenge beside any other status is no reason to post again", async () => {
  await using guarded = await aGuarded(answers(200, { "www-authenticate": "Basic" }), "user:password@");
  publish(guarded.topic);
  expect((await guarded.logged(1)).outcome).toEqual({ result: "delivered", statusCode: 200 });
  expect(guarded.receiver.requests).toHaveLength(1);
});

test.for([
  ["refused credentials", challenged, "user:wrong@", 2],
  ["a challenge without credentials in the URL", challenged, "", 1],
  ["a 401 without a challenge", answers(401), "user:password@", 1],
  ["an unknown challenge", answers(401, { "www-authenticate": "Bearer" }), "user:password@", 1],
] as const)("%s make a dead letter", async ([, behaviour, userInfo, requests]) => {
  await using guarded = await aGuarded(behaviour, userInfo);
  publish(guarded.topic);
  expect((await guarded.logged(1)).outcome).toMatchObject({ result: "deadLettered", statusCode: 401 });
  expect(receive(guarded.deadLetters)).toEqual(["Hello"]);
  expect(guarded.receiver.requests).toHaveLength(requests);
});
