import type { Durability } from "../../src/store/store.ts";
import { Client } from "./client.ts";
import { Dice } from "./dice.ts";
import type { KilledServer } from "./killed-server.ts";
import { Ledger } from "./ledger.ts";
import { Load, prepare, sendAgain } from "./load.ts";

/** Rounds on one folder, after which another one is begun: what there is would only grow. */
const ROUNDS_PER_FOLDER = 10;

/** Runs so many rounds, and says what was wrong in which. */
export async function rounds(server: KilledServer, seed: number, count: number): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (let done = 0, folder = 0; done < count; done += ROUNDS_PER_FOLDER, folder++) {
    const chain = { seed: seed + folder, rounds: Math.min(ROUNDS_PER_FOLDER, count - done) };
    complaints.push(...(await onOneFolder(server, chain, folder % 2 === 0 ? "process" : "full")));
  }
  return complaints;
}

interface Chain {
  readonly seed: number;
  readonly rounds: number;
}

/** Each round works on what the rounds before left, and is killed; the one after it looks at what there is. */
async function onOneFolder(server: KilledServer, chain: Chain, durability: Durability): Promise<readonly string[]> {
  const folder = server.newFolder();
  const dice = new Dice(chain.seed);
  const ledger = new Ledger();
  const complaints: string[] = [];
  for (let round = 0; round <= chain.rounds; round++) {
    await using running = await server.start(folder, durability);
    const client = new Client(running.endpoint);
    const about = (complaint: string) => `seed ${chain.seed}, round ${round}: ${complaint}`;
    complaints.push(...ledger.settle(running.state).map(about));
    if (round === chain.rounds || complaints.length > 0) break;
    if (round === 0) await prepare(client);
    await sendAgain(client, ledger.sentLately("jobs.fifo"));
    const load = new Load(client, ledger, { name: String(round), dice });
    await load.run(() => running.kill());
    complaints.push(...load.complaints.map(about));
  }
  return complaints;
}
