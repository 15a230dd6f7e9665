import { expect, test } from "vitest";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import type { Durability } from "../../src/store/store.ts";
import { hasPostgres, PostgresServer } from "../support/postgres.ts";
import { Client } from "./client.ts";
import { Dice } from "./dice.ts";
import { KilledServer } from "./killed-server.ts";
import { Ledger } from "./ledger.ts";
import { Load, prepare, sendAgain } from "./load.ts";

/** So often the one that serves is killed, from that seed on. */
const { FAILOVERS = "3", KILL_SEED = "1" } = process.env;

const clock = new SystemClock();

/** So often who stands by looks in five seconds. A machine that has no time for that looks less often, not more. */
const LOOKS_IN_FIVE_SECONDS = 10;

/** Each server works on what the one before left, and is killed while the next one stands by; that one says what it found. */
async function failOver(server: KilledServer, url: string, durability: Durability) {
  const dice = new Dice(Number(KILL_SEED));
  const ledger = new Ledger();
  let [complaints, longestMs, mostLooks]: [readonly string[], number, number] = [[], 0, 0];
  let serving = await server.start(url, durability);
  await prepare(new Client(serving.endpoint));
  for (let round = 0; round < Number(FAILOVERS) && complaints.length === 0; round++) {
    const next = await server.startStandby(url, durability);
    const client = new Client(serving.endpoint);
    await sendAgain(client, ledger.sentLately("jobs.fifo"));
    const load = new Load(client, ledger, { name: String(round), dice });
    const killed = serving;
    let killedAt = 0;
    await load.run(async () => {
      await killed.kill();
      killedAt = clock.now();
    });
    serving = await next.running;
    longestMs = Math.max(longestMs, clock.now() - killedAt);
    mostLooks = Math.max(mostLooks, serving.lookedAt.filter((at) => at > killedAt).length);
    const about = (complaint: string) => `seed ${KILL_SEED}, round ${round}: ${complaint}`;
    complaints = [...load.complaints, ...ledger.settle(serving.state)].map(about);
  }
  await serving.kill();
  return { complaints, longestMs, mostLooks };
}

test.skipIf(!hasPostgres).for<Durability>(["process", "full"])(
  `${FAILOVERS} times a server that stands by has what the one before acknowledged, with durability %s`,
  async (durability) => {
    await using postgres = await PostgresServer.start();
    using server = new KilledServer();
    await server.build();
    const { complaints, longestMs, mostLooks } = await failOver(server, await postgres.newDatabase(), durability);
    expect(complaints).toEqual([]);
    process.stderr.write(
      `durability ${durability}: from the end of one to the service of the next ${longestMs} ms and ${mostLooks} looks at most\n`,
    );
    expect(mostLooks).toBeLessThanOrEqual(LOOKS_IN_FIVE_SECONDS);
  },
);
