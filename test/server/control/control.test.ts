import { connect as connectHttp2 } from "node:http2";
import { text as wholeText } from "node:stream/consumers";
import { expect, test } from "vitest";
import { controlRoutes } from "../../../src/app/modules/module-routes.ts";
import { Standstill } from "../../../src/kernel/event/standstill.ts";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import { openControl } from "../../../src/server/control/control.ts";
import { nameOf } from "../../../src/server/control/route-list.ts";
import type { Kept } from "../../../src/server/exchange.ts";
import { createDispatch } from "../../../src/server/http/dispatch.ts";
import { Listener } from "../../../src/server/http/listener.ts";
import { silentLogger } from "../../../src/server/log.ts";
import { aLogger } from "../../support/a-server.ts";
import { begunStandstill } from "../../support/begun-standstill.ts";
import { someControlDeps, someModuleRoutes } from "../../support/control-deps.ts";
import { RawConnection } from "../../support/raw-connection.ts";

/** A server with control routes whose resets are kept, and with nothing but "aws" on every other path. */
async function aControl(kept?: Kept, standstill?: Standstill) {
  const resets: (string | undefined)[] = [];
  let openings = 0;
  const serve = createDispatch(
    (_request, response) => response.end("aws"),
    () => {
      openings++;
      const reset = (account?: string) => void resets.push(account);
      return openControl(someControlDeps({ services: ["sqs", "sns"], reset, kept, standstill }), someModuleRoutes());
    },
    silentLogger,
  );
  const listener = new Listener({ serve, credentials: undefined, clock: new SystemClock(), log: silentLogger });
  const port = await listener.open("127.0.0.1", 0);
  return {
    port,
    resets,
    openings: () => openings,
    ask: (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init),
    [Symbol.asyncDispose]: () => listener.close(Promise.resolve()),
  };
}

const POST = { method: "POST" };
const HEALTH = { status: "ok", version: "1.2.3", services: { sqs: "running", sns: "running" } };

test("health tells version and services", async () => {
  await using control = await aControl();
  const response = await control.ask("/_waystation/health");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(await response.json()).toEqual(HEALTH);
});

test("health answers HEAD", async () => {
  await using control = await aControl();
  const response = await control.ask("/_waystation/health", { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

test("health answers over HTTP/2", async () => {
  await using control = await aControl();
  const session = connectHttp2(`http://127.0.0.1:${control.port}`);
  session.on("error", () => {});
  const stream = session.request({ ":path": "/_waystation/health" });
  expect(JSON.parse(await wholeText(stream))).toEqual(HEALTH);
});

test.for([
  ["/_waystation/reset", undefined],
  ["/_waystation/reset?account=123456789012", "123456789012"],
] as const)("POST %s resets the account %s", async ([path, account]) => {
  await using control = await aControl();
  const response = await control.ask(path, POST);
  expect(response.status).toBe(204);
  expect(control.resets).toEqual([account]);
});

test.for(["", "12345678901", "1234567890123", "12345678901a"])(
  "a reset of the account %s is refused and resets nothing",
  async (account) => {
    await using control = await aControl();
    const response = await control.ask(`/_waystation/reset?account=${account}`, POST);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: "An account id has 12 digits." });
    expect(control.resets).toEqual([]);
  },
);

test.for(["application/x-www-form-urlencoded", "application/json", "text/plain", "strange/type", ""])(
  "a reset with a body of type %j resets nothing",
  async (type) => {
    await using control = await aControl();
    using client = await RawConnection.to(control.port);
    const head = `POST /_waystation/reset HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\n`;
    await client.say(`${head}Content-Length: 22\r\n\r\naccount = 123456789012`);
    await client.hears("HTTP/1.1 400 ");
    await client.hears(
      '{"message":"Control routes take parameters in the query string, such as ?account=, or as a JSON object in the body."}',
    );
    expect(control.resets).toEqual([]);
  },
);

test.for([
  "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n",
  "Content-Type:\r\nContent-Length: 0\r\n\r\n",
  "Content-Type: \r\n\r\n",
  "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
])("a reset without a body is one whatever it says of its type: %j", async (rest) => {
  await using control = await aControl();
  using client = await RawConnection.to(control.port);
  await client.say(`POST /_waystation/reset HTTP/1.1\r\nHost: localhost\r\n${rest}`);
  await client.hears("HTTP/1.1 204 ");
  expect(control.resets).toEqual([undefined]);
});

test.for([
  ["POST", "reset?account=123456789012&account=123456789012", "There can be one account only."],
  ["POST", "reset?acount=123456789012", 'There is no parameter "acount" here; did you mean account?'],
  ["POST", "reset?Account=123456789012", 'There is no parameter "Account" here; did you mean account?'],
  ["POST", "reset?all", 'There is no parameter "all" here; there are account.'],
  ["POST", "reset?account=123456789012&region=eu-west-1", 'There is no parameter "region" here; there are account.'],
  ["POST", "reset?__proto__=1", 'There is no parameter "__proto__" here; there are account.'],
  ["GET", "health?account=123456789012", 'There is no parameter "account" here, nor any other.'],
  ["GET", "outbox?protokol=sms", 'There is no parameter "protokol" here; did you mean protocol?'],
  ["GET", "deliveries?topics=x", 'There is no parameter "topics" here; did you mean topic?'],
  ["POST", "opt-outs?numer=1", 'There is no parameter "numer" here; did you mean number?'],
] as const)("%s %s does nothing but say what is wrong", async ([method, path, message]) => {
  await using control = await aControl();
  const response = await control.ask(`/_waystation/${path}`, { method });
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 400, body: { message } });
  expect(control.resets).toEqual([]);
});

test.for([
  ["GET", "/_waystation/", 404],
  ["GET", "/_waystation/nothing", 404],
  ["GET", "/_waystation/reset", 404],
  ["POST", "/_waystation/health", 404],
  ["DELETE", "/_waystation/reset", 404],
  ["GET", "/_waystation/%zz", 400],
] as const)("%s %s is answered with %i and a message in JSON", async ([method, path, status]) => {
  await using control = await aControl();
  const response = await control.ask(path, { method });
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ message: expect.any(String) });
});

test.for([
  ["/_waystation/reset", "There is no GET /_waystation/reset. Did you mean POST /_waystation/reset?"],
  ["/_waystation/helth?a=b", "There is no GET /_waystation/helth. Did you mean GET /_waystation/health?"],
  ["/_waystation/nothing", "There is no GET /_waystation/nothing."],
] as const)("who asks for %s is told what there is", async ([path, beginning]) => {
  await using control = await aControl();
  const { message } = (await (await control.ask(path)).json()) as { message: string };
  expect(message).toBe(`${beginning} There are ${controlRoutes.map(nameOf).join(", ")}.`);
});

test.for(["GET /_waystation/health", "POST /_waystation/reset", "GET /_waystation/nothing"])(
  "%s from a page of another site is refused",
  async (line) => {
    await using control = await aControl();
    using client = await RawConnection.to(control.port);
    await client.say(`${line} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n`);
    await client.hears("HTTP/1.1 403 ");
    expect(control.resets).toEqual([]);
  },
);

test("a reset under a name that a stranger pointed here is refused", async () => {
  await using control = await aControl();
  using client = await RawConnection.to(control.port);
  const origin = "http://evil.example";
  await client.say(
    `POST /_waystation/reset HTTP/1.1\r\nHost: evil.example\r\nOrigin: ${origin}\r\nContent-Length: 0\r\n\r\n`,
  );
  await client.hears("HTTP/1.1 403 ");
  expect(control.resets).toEqual([]);
});

test.for(["/", "/_waystation", "/000000000000/_waystation/", "/?/_waystation/"])(
  "%s belongs to AWS, and does not open the control routes",
  async (path) => {
    await using control = await aControl();
    expect(await (await control.ask(path)).text()).toBe("aws");
    expect(control.openings()).toBe(0);
  },
);

test("control routes are opened once, by the first request for one", async () => {
  await using control = await aControl();
  await Promise.all([control.ask("/_waystation/health"), control.ask("/_waystation/health")]);
  expect(control.openings()).toBe(1);
});

test("control routes that cannot be opened are answered for, and opened with the next request", async () => {
  const { lines, logger } = aLogger("error");
  let openings = 0;
  const serve = createDispatch(
    () => {},
    async () => {
      if (openings++ === 0) throw new Error("no fastify");
      return (_request, response) => response.end("open");
    },
    logger,
  );
  const listener = new Listener({ serve, credentials: undefined, clock: new SystemClock(), log: silentLogger });
  const port = await listener.open("127.0.0.1", 0);
  const ask = () => fetch(`http://127.0.0.1:${port}/_waystation/outbox`);
  expect((await ask()).status).toBe(500);
  expect(lines).toMatchObject([{ level: "error", text: "control request not answered" }]);
  expect(await (await ask()).text()).toBe("open");
  await listener.close(Promise.resolve());
});

test("a route changes nothing while something stands still", async () => {
  const standstill = new Standstill();
  await using control = await aControl(undefined, standstill);
  await control.ask("/_waystation/reset", POST); // so that all is loaded
  const end = begunStandstill(standstill);
  const answer = control.ask("/_waystation/reset?account=111111111111", POST);
  expect((await control.ask("/anything")).status).toBe(200);
  expect(control.resets).toEqual([undefined]);
  await end();
  expect((await answer).status).toBe(204);
  expect(control.resets).toEqual([undefined, "111111111111"]);
});

test("an answer leaves once all that it tells of is kept, and is a 500 that says why where that cannot be", async () => {
  let failure: Error | undefined;
  await using control = await aControl(async () => {
    if (failure !== undefined) throw failure;
  });
  expect((await control.ask("/_waystation/reset", POST)).status).toBe(204);
  failure = new Error("State cannot be kept: the disk is full.");
  const response = await control.ask("/_waystation/reset", POST);
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ message: failure.message });
});
