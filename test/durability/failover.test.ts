import { expect, test } from "vitest";
import type { Durability } from "../../src/store/store.ts";
import { hasPostgres, PostgresServer } from "../support/postgres.ts";
import { Client } from "./client.ts";
import { Dice } from "./dice.ts";
import { KilledServer } from "./killed-server.ts";
import { Ledger } from "./ledger.ts";
import { Load, prepare, sendAgain } from "./load.ts";

/** So often the one that serves is killed, from that seed on. */
const { FAILOVERS = "3", KILL_SEED = "1" } = process.env;

/** Each server works on what the one before left, and is killed while the next one stands by; that one says what it found. */
async function failOver(server: KilledServer, url: string, durability: Durability): Promise<readonly string[]> {
  const dice = new Dice(Number(KILL_SEED));
  const ledger = new Ledger();
  let serving = await server.start(url, durability);
  await prepare(new Client(serving.endpoint));
  for (let round = 0; round < Number(FAILOVERS); round++) {
    const next = server.start(url, durability);
    const client = new Client(serving.endpoint);
    await sendAgain(client, ledger.sentLately("jobs.fifo"));
    const load = new Load(client, ledger, { name: String(round), dice });
    const killed = serving;
    await load.run(() => killed.kill());
    serving = await next;
    const complaints = [...load.complaints, ...ledger.settle(serving.state)];
    if (complaints.length > 0) return complaints.map((complaint) => `seed ${KILL_SEED}, round ${round}: ${complaint}`);
  }
  await serving.kill();
  return [];
}

test.skipIf(!hasPostgres).for<Durability>(["process", "full"])(
  `${FAILOVERS} times a server that stands by has what the one before acknowledged, with durability %s`,
  async (durability) => {
    await using postgres = await PostgresServer.start();
    using server = new KilledServer();
    await server.build();
    expect(await failOver(server, await postgres.newDatabase(), durability)).toEqual([]);
  },
);
