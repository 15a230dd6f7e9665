import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { ailmentOf, occupantOf } from "../../src/app/health.ts";
import { type HealthDeps, withHealth } from "../../src/server/control/health.ts";

/** What is served on a port, and how a look at it is set up. */
async function serving(listener: RequestListener) {
  const server = createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    where: { host: "127.0.0.1", port: (server.address() as AddressInfo).port },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const localStack: RequestListener = ({ url }, response) => {
  response.writeHead(url === "/_localstack/health" ? 200 : 404, { "Content-Type": "application/json" });
  response.end('{"services": {"sqs": "running"}, "edition": "community", "version": "4.0.0"}');
};

function waystation(state: Partial<Pick<HealthDeps, "isStarting" | "ailment">>): RequestListener {
  const well = { isStarting: () => false, ailment: () => undefined };
  return withHealth({ version: "1.0.0", services: ["sqs"], host: "127.0.0.1", ...well, ...state }, localStack);
}

test.for([
  { what: "a Waystation that is well", listener: waystation({}), occupant: "Waystation" },
  { what: "one that starts", listener: waystation({ isStarting: () => true }), occupant: "Waystation" },
  {
    what: "one that fails",
    listener: waystation({ ailment: async () => "The disk is full." }),
    occupant: "Waystation",
  },
  { what: "a LocalStack", listener: localStack, occupant: "LocalStack" },
  {
    what: "a server that has a page for everything",
    listener: ((_, response) => response.writeHead(404).end("<p>Nothing here")) satisfies RequestListener,
    occupant: undefined,
  },
])("$what is known by its answers", async ({ listener, occupant }) => {
  using server = await serving(listener);
  expect(await occupantOf(server.where)).toBe(occupant);
});

function* endless(): Generator<string, never, void> {
  for (;;) yield "x".repeat(64 * 1024);
}

test("an answer without end is not read to its end", async () => {
  using server = await serving((_, response) => {
    response.writeHead(404);
    Readable.from(endless()).pipe(response);
  });
  expect(await occupantOf(server.where)).toBeUndefined();
  expect(await ailmentOf(server.where)).toMatch(/answers 404$/);
});
