import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { openControl } from "../../../src/server/control/control.ts";
import { someControlDeps, someModuleRoutes } from "../../support/control-deps.ts";

/** Control routes over nothing that keep what they were asked for. */
async function aControl() {
  const queries: object[] = [];
  const keep =
    <Answer>(answer: Answer) =>
    (query: object): Answer => {
      queries.push(query);
      return answer;
    };
  const readDeliveries = keep(Promise.resolve({ deliveries: [] }));
  const routes = someModuleRoutes({ readOutbox: keep({ messages: [] }), readDeliveries });
  const server = createServer(await openControl(someControlDeps(), routes)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    queries,
    ask: (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/_waystation/${path}`, init),
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

test.for([
  ["outbox", { limit: 100 }],
  ["outbox?limit=1000&next=7", { limit: 1000, next: "7" }],
  ["outbox?protocol=email", { limit: 100, protocol: "email" }],
  ["outbox?to=a@example.com&account=123456789012", { limit: 100, to: "a@example.com", account: "123456789012" }],
  ["outbox?to=%2B15551234567", { limit: 100, to: "+15551234567" }],
  ["outbox?to=+15551234567", { limit: 100, to: "+15551234567" }],
  ["outbox?to=+a", { limit: 100, to: " a" }],
] as const)("GET %s reads the outbox with %j", async ([path, query]) => {
  await using control = await aControl();
  const response = await control.ask(path);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(await response.json()).toEqual({ messages: [] });
  expect(control.queries).toEqual([query]);
});

test.for([
  ["deliveries", { limit: 100 }],
  ["deliveries?limit=1", { limit: 1 }],
  ["deliveries?limit=1000&next=12-3", { limit: 1000, next: "12-3" }],
  ["deliveries?topic=arn:t&subscription=arn:s", { limit: 100, topic: "arn:t", subscription: "arn:s" }],
  ["deliveries?account=123456789012", { limit: 100, account: "123456789012" }],
] as const)("GET %s reads the deliveries with %j", async ([path, query]) => {
  await using control = await aControl();
  expect(await (await control.ask(path)).json()).toEqual({ deliveries: [] });
  expect(control.queries).toEqual([query]);
});

test.for([
  ["outbox?account=12345678901", "An account id has 12 digits."],
  ["outbox?protocol=email&protocol=sms", "There can be one protocol only."],
  ["outbox?next=x", "What goes on with an answer is its `next`, as it stands there."],
  ["deliveries?next=7", "What goes on with an answer is its `next`, as it stands there."],
  ["deliveries?account=me", "An account id has 12 digits."],
  ["deliveries?topic=a&topic=b", "There can be one topic only."],
  ["deliveries?limit=0", "The limit is a whole number from 1 to 1000."],
  ["deliveries?limit=1001", "The limit is a whole number from 1 to 1000."],
  ["deliveries?limit=-1", "The limit is a whole number from 1 to 1000."],
  ["deliveries?limit=ten", "The limit is a whole number from 1 to 1000."],
] as const)("GET %s is refused: %s", async ([path, message]) => {
  await using control = await aControl();
  const response = await control.ask(path);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ message });
  expect(control.queries).toEqual([]);
});

test.for(["outbox", "deliveries"])("%s is not shown to pages of other sites", async (path) => {
  await using control = await aControl();
  const response = await control.ask(path, { headers: { origin: "http://evil.example" } });
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({ message: expect.any(String) });
});
