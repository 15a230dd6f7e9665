import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import { BuiltCli } from "../support/built-cli.ts";
import { hasPostgres, PostgresServer } from "../support/postgres.ts";
import { Client } from "./client.ts";
import { Dice } from "./dice.ts";
import { type Found, foundIn } from "./found.ts";
import { Ledger } from "./ledger.ts";
import { Load, prepare } from "./load.ts";

type Command = ReturnType<BuiltCli["run"]>;

let postgres: PostgresServer;
let cli: BuiltCli;
beforeAll(async () => {
  if (!hasPostgres) return;
  postgres = await PostgresServer.start();
  cli = new BuiltCli();
});
afterAll(async () => {
  if (!hasPostgres) return;
  cli[Symbol.dispose]();
  await postgres[Symbol.asyncDispose]();
});

const start = (url: string): Command => cli.run(["--port", "0"], { WAYSTATION_STORE: url });

async function endpointOf({ stdout }: Command): Promise<string> {
  const [endpoint = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(await stdout.until("\n")) ?? [];
  return endpoint;
}

async function stateOf(endpoint: string): Promise<readonly Found[]> {
  const document = await (await fetch(`${endpoint}/_waystation/snapshots/document`)).text();
  const [, ...lines] = document.trimEnd().split("\n");
  return foundIn(lines.map((line) => JSON.parse(line) as Entry));
}

/** Sends messages one after the other until one is not taken, and says so once so many were. */
async function sendUntilRefused(client: Client, ledger: Ledger, group: string) {
  let [sent, enough]: [number, () => void] = [0, () => {}];
  const refused = (async () => {
    for (;;) {
      const text = `${group}-0-${sent}`;
      ledger.asked("standard", group, text);
      const input = { QueueUrl: "http://localhost/000000000000/standard", MessageBody: text };
      const answer = await client.ask("sqs", "SendMessage", input).catch(String);
      if (typeof answer !== "object") return String(answer);
      ledger.acknowledged(text);
      if (++sent === 5) enough();
    }
  })();
  await new Promise<void>((resolve) => {
    enough = resolve;
  });
  return { refused };
}

describe.skipIf(!hasPostgres)("the built command", () => {
  test("hands over, when it is told to stop under load, all that it acknowledged, and refuses nobody before", async () => {
    const url = await postgres.newDatabase();
    using first = start(url);
    using client = new Client(await endpointOf(first));
    await prepare(client);
    using second = start(url);
    await second.stderr.until("stands by");
    const ledger = new Ledger();
    const load = new Load(client, ledger, { name: "0", dice: new Dice(1) });
    await load.run(async () => void first.kill("SIGTERM"));
    expect(await first.end()).toMatchObject({ exitCode: 0, signal: null });
    const found = await stateOf(await endpointOf(second));
    expect(found.length).toBeGreaterThan(0);
    expect([...load.complaints, ...ledger.settle(found)]).toEqual([]);
  });

  test("ends when it is told to though its database is out of reach, and leaves what it acknowledged", async () => {
    const url = await postgres.newDatabase();
    await using network = await postgres.network();
    using first = start(postgres.urlBy(network, url));
    using client = new Client(await endpointOf(first));
    await prepare(client);
    const ledger = new Ledger();
    const { refused } = await sendUntilRefused(client, ledger, "a");
    network.goOut();
    first.kill("SIGTERM");
    expect(await first.end()).toMatchObject({ exitCode: 0, signal: null });
    expect(await refused).toMatch(/^Error: 500: .*State cannot be kept|^undefined$/);
    network.cut();
    using second = start(url);
    expect(ledger.settle(await stateOf(await endpointOf(second)))).toEqual([]);
  });

  test("is taken over from when its network is gone, acknowledges nothing any more, and ends when it hears of that", async () => {
    const url = await postgres.newDatabase();
    await using network = await postgres.network();
    using first = start(postgres.urlBy(network, url));
    using client = new Client(await endpointOf(first));
    await prepare(client);
    using second = start(url);
    await second.stderr.until("stands by");
    const ledger = new Ledger();
    const loads = await Promise.all(["a", "b", "c"].map((group) => sendUntilRefused(client, ledger, group)));
    network.goOut();
    const outAt = performance.now();
    const endpoint = await endpointOf(second);
    process.stderr.write(`taken over ${Math.round(performance.now() - outAt)} ms after the network was gone\n`);
    expect(ledger.settle(await stateOf(endpoint))).toEqual([]);
    network.comeBack();
    const { exitCode, stderr } = await first.end();
    const complaint = stderr.split("\n").findLast((line) => line.startsWith("waystation: ")); // answers are logged to the end
    expect([exitCode, complaint]).toEqual([
      1,
      expect.stringMatching(
        /^waystation: another server has the database postgres:\/\/\S+; started again, this one stands by$/,
      ),
    ]);
    for (const { refused } of loads) expect(await refused).toMatch(/^Error: 500: .*State cannot be kept|^undefined$/);
    expect(stderr).not.toContain("hush");
  });
});
