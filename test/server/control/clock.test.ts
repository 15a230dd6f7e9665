import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createEmulator } from "../../../src/index.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { formatIso8601 } from "../../../src/kernel/time/iso8601.ts";
import { START, stillTime } from "../../support/queue.ts";

const OTHER_ACCOUNT = "111111111111";

/** A server whose clocks start at `START`, with its control routes. */
async function aServer() {
  const clock = new ControlledClock(stillTime);
  const emulator = await createEmulator({ clock });
  const ask = async (method: string, path: string) => {
    const response = await fetch(`${emulator.endpoint}/_waystation/${path}`, { method });
    return { status: response.status, body: await response.json() };
  };
  return {
    emulator,
    get: (path: string) => ask("GET", path),
    post: (path: string) => ask("POST", path),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const at = (instant: number, isFrozen: boolean, account?: string) => ({
  status: 200,
  body: { ...(account && { account }), time: formatIso8601(instant), isFrozen, pending: 0 },
});

test("a clock is shown, frozen, advanced and let go again", async () => {
  await using server = await aServer();
  expect(await server.get("clock")).toEqual(at(START, false));
  expect(await server.post("clock/freeze")).toEqual(at(START, true));
  expect(await server.post("clock/advance?seconds=30")).toEqual(at(START + 30_000, true));
  expect(await server.post("clock/advance?seconds=0.001")).toEqual(at(START + 30_001, true));
  expect(await server.post("clock/resume")).toEqual(at(START + 30_001, false));
});

test("a running clock is advanced, too, and runs on", async () => {
  await using server = await aServer();
  expect(await server.post("clock/advance?seconds=1.5")).toEqual(at(START + 1500, false));
});

test.for([
  ["90s", 90_000],
  ["1h30m", 5_400_000],
  ["PT1H", 3_600_000],
] as const)("a clock is advanced by %s", async ([duration, ms]) => {
  await using server = await aServer();
  expect(await server.post(`clock/advance?duration=${duration}`)).toEqual(at(START + ms, false));
});

test("requests are served while time is advanced, and whoever hangs up stops it where it is", async () => {
  await using server = await aServer();
  const clock = server.emulator.clock();
  let stop = (): void => {};
  const rang = new Promise<void>((resolve) => {
    stop = resolve;
  });
  /** Something falls due at every millisecond, without end. */
  const busy = (): void => {
    clock.at(clock.now() + 1, busy);
    stop();
  };
  busy();
  const hangUp = new AbortController();
  const url = `${server.emulator.endpoint}/_waystation/clock/advance?duration=10000d`;
  const advanced = fetch(url, { method: "POST", signal: hangUp.signal });
  await rang;
  const end = START + 10_000 * 86_400_000;
  expect((await server.get("clock")).status).toBe(200);
  expect(clock.now()).toBeLessThan(end);
  hangUp.abort();
  await expect(advanced).rejects.toThrow("abort");
  // The next one waits for its turn, so it is answered only because the first one stopped.
  expect((await server.post("clock/advance?seconds=0")).status).toBe(200);
  expect(clock.now()).toBeLessThan(end);
});

test("a clock is set forward, and never back", async () => {
  await using server = await aServer();
  await server.post("clock/freeze");
  const time = formatIso8601(START + 60_000);
  expect(await server.post(`clock/set?time=${time}`)).toEqual(at(START + 60_000, true));
  expect(await server.post(`clock/set?time=${time}`)).toEqual(at(START + 60_000, true));
  expect(await server.post(`clock/set?time=${formatIso8601(START)}`)).toEqual({
    status: 400,
    body: { message: `Time only goes forward: it is ${time} already.` },
  });
  for (const wrong of ["yesterday", "2026-13-01T00:00:00Z", "1"]) {
    const message = `An instant is a text such as 2026-01-31T12:00:00Z or a whole number of milliseconds, not "${wrong}".`;
    expect(await server.post(`clock/set?time=${wrong}`)).toEqual({ status: 400, body: { message } });
  }
  expect(await server.get("clock")).toEqual(at(START + 60_000, true));
});

test("without an account a clock is that of every account, also of those still to come", async () => {
  await using server = await aServer();
  await server.post(`clock/advance?seconds=5&account=${OTHER_ACCOUNT}`);
  await server.post("clock/freeze");
  await server.post("clock/advance?seconds=1");
  expect(await server.get("clock?account=222222222222")).toEqual(at(START + 1000, true, "222222222222"));
  expect(await server.get(`clock?account=${OTHER_ACCOUNT}`)).toEqual(at(START + 6000, true, OTHER_ACCOUNT));
  server.emulator.clock().resume();
  expect(await server.get(`clock?account=${OTHER_ACCOUNT}`)).toEqual(at(START + 6000, false, OTHER_ACCOUNT));
});

test("each account has a clock of its own", async () => {
  await using server = await aServer();
  await server.post(`clock/advance?seconds=1&account=${OTHER_ACCOUNT}`);
  expect(await server.get("clock")).toEqual(at(START, false));
  expect(await server.get(`clock?account=${OTHER_ACCOUNT}`)).toEqual(at(START + 1000, false, OTHER_ACCOUNT));
});

test.for([
  [
    "advance",
    "There must be seconds or a duration. seconds is a number from 0 to 1000000000, to the millisecond. The duration is a text such as 30s, 5m, 2d, 1h30m or PT1H.",
  ],
  ["advance?seconds=1&duration=1s", "There can be seconds or a duration, not both."],
  [
    "advance?duration=-5m",
    'A duration is a text such as 30s, 5m, 2d, 1h30m or PT1H, to the millisecond and of 1000000000 seconds at most, not "-5m".',
  ],
  ["advance?seconds=", "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["advance?seconds=-1", "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["advance?seconds=1000000001", "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["advance?seconds=0.0001", "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["advance?seconds=1e3", "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["advance?seconds=1&seconds=2", "There can be one seconds only."],
  ["advance?seconds=1&account=me", "An account id has 12 digits."],
  ["freeze?account=me", "An account id has 12 digits."],
  ["freeze?acount=111111111111", 'There is no parameter "acount" here; did you mean account?'],
  ["freeze?seconds=1", 'There is no parameter "seconds" here; there are account.'],
  ["advance?Seconds=30", 'There is no parameter "Seconds" here; did you mean seconds?'],
  ["advance?seconds=30&ms=5", 'There is no parameter "ms" here; there are seconds, duration, account.'],
] as const)("POST clock/%s is refused, and no time passes", async ([path, message]) => {
  await using server = await aServer();
  expect(await server.post(`clock/${path}`)).toEqual({ status: 400, body: { message } });
  expect(await server.get("clock")).toEqual(at(START, false));
});

test("thirty years can pass at once", async () => {
  await using server = await aServer();
  expect(await server.post("clock/advance?seconds=1000000000")).toEqual(at(START + 1e12, false));
});

test("time past the year 9999 is refused, and the server goes on", async () => {
  await using server = await aServer();
  let answer = await server.post("clock/advance?seconds=1000000000");
  while (answer.status === 200) answer = await server.post("clock/advance?seconds=1000000000");
  expect(answer).toEqual({ status: 400, body: { message: "Time cannot go past 9999-12-31T23:59:59.999Z." } });
  expect((await server.get("clock")).status).toBe(200);
});

test("a test in any language has a visibility timeout end by moving its account's clock", async () => {
  await using server = await aServer();
  const credentials = { accessKeyId: OTHER_ACCOUNT, secretAccessKey: "any" };
  const client = new SQSClient({ endpoint: server.emulator.endpoint, region: "us-east-1", credentials });
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "queue" }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
  const receive = async () => {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages.map(({ Body }) => Body);
  };
  expect(await receive()).toEqual(["hello"]);
  await server.post(`clock/advance?seconds=29.999&account=${OTHER_ACCOUNT}`);
  expect(await receive()).toEqual([]);
  await server.post(`clock/advance?seconds=0.001&account=${OTHER_ACCOUNT}`);
  expect(await receive()).toEqual(["hello"]);
  client.destroy();
});

test("a clock tells that somebody waits for it", async () => {
  await using server = await aServer();
  server.emulator.clock().at(START + 1, () => {});
  expect((await server.get("clock")).body).toMatchObject({ pending: 1 });
});
