import type { Durability } from "../../src/store/store.ts";
import { Client } from "./client.ts";
import { Dice } from "./dice.ts";
import type { KilledServer } from "./killed-server.ts";
import { Ledger } from "./ledger.ts";
import { Load, prepare, sendAgain } from "./load.ts";

/** Rounds on one folder, after which another one is begun: what there is would only grow. */
const ROUNDS_PER_FOLDER = 20;
/** So many servers run at once, each on a folder of its own, so that the processor has work while a disk or a start is waited for. */
const SIDE_BY_SIDE = 4;

/** What happens on one folder. */
interface Chain {
  readonly seed: number;
  readonly rounds: number;
  readonly durability: Durability;
}

/** Runs so many rounds, and says what was wrong in which. */
export async function rounds(server: KilledServer, seed: number, count: number): Promise<readonly string[]> {
  const complaints: string[] = [];
  const chains = chainsOf(seed, count).values();
  const work = async () => {
    for (const chain of chains) complaints.push(...(await onOneFolder(server, chain)));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return complaints;
}

function chainsOf(seed: number, count: number): readonly Chain[] {
  return Array.from({ length: Math.ceil(count / ROUNDS_PER_FOLDER) }, (_, folder) => ({
    seed: seed + folder,
    rounds: Math.min(ROUNDS_PER_FOLDER, count - folder * ROUNDS_PER_FOLDER),
    durability: (seed + folder) % 2 === 0 ? "process" : "full",
  }));
}

/** Each round works on what the rounds before left, and is killed; the one after it looks at what there is. */
async function onOneFolder(server: KilledServer, chain: Chain): Promise<readonly string[]> {
  using folder = server.newFolder();
  const dice = new Dice(chain.seed);
  const ledger = new Ledger();
  const complaints: string[] = [];
  for (let round = 0; round <= chain.rounds; round++) {
    await using running = await server.start(folder.path, chain.durability);
    using client = new Client(running.endpoint);
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
