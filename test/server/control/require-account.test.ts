import { expect, test } from "vitest";
import { aLook } from "../../support/looking.ts";

const REFUSAL = "400 Without an account this would concern every account, which this server refuses. Give account.";

test("a server that many share refuses what names no account, and does nothing", async () => {
  await using server = await aLook({ requireAccount: true });
  await server.queue("orders");
  const before = server.emulator.clock().now();
  for (const [method, route] of [
    ["POST", "reset"],
    ["POST", "clock/advance?seconds=1"],
    ["POST", "clock/freeze"],
    ["POST", "clock/set?time=2100-01-01T00:00:00Z"],
    ["POST", "clock/advance-to-next"],
    ["GET", "clock"],
    ["GET", "queues"],
    ["GET", "queues/messages?queue=orders"],
    ["GET", "outbox"],
  ] as const) {
    expect(await server.refusal(route, method), route).toBe(REFUSAL);
  }
  expect(server.emulator.clock().now()).toBe(before);
  expect((await server.look("queues?account=000000000000")).queues).toMatchObject([{ name: "orders" }]);
  expect((await server.ask("clock/advance?seconds=1&account=000000000000", "POST")).status).toBe(200);
  expect((await server.ask("health")).status).toBe(200);
  expect((await server.ask("openapi.json")).status).toBe(200);
});

test("a complaint about an input comes first", async () => {
  await using server = await aLook({ requireAccount: true });
  expect(await server.refusal("reset?acount=1", "POST")).toBe(
    '400 There is no parameter "acount" here; did you mean account?',
  );
});
