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

/** What came of the rounds. */
interface Outcome {
  readonly complaints: string[];
  /** In how many of them the server was killed while it compacted. */
  killedCompacting: number;
}

/** Runs so many rounds, and says what was wrong in which. */
export async function rounds(server: KilledServer, seed: number, count: number): Promise<Outcome> {
  const outcome: Outcome = { complaints: [], killedCompacting: 0 };
  const chains = chainsOf(seed, count).values();
  const work = async () => {
    for (const chain of chains) await onOneFolder(server, chain, outcome);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return outcome;
}

function chainsOf(seed: number, count: number): readonly Chain[] {
  return Array.from({ length: Math.ceil(count / ROUNDS_PER_FOLDER) }, (_, folder) => ({
    seed: seed + folder,
    rounds: Math.min(ROUNDS_PER_FOLDER, count - folder * ROUNDS_PER_FOLDER),
    durability: (seed + folder) % 2 === 0 ? "process" : "full",
  }));
}

/** Each round works on what the rounds before left, and is killed; the one after it looks at what there is. */
async function onOneFolder(server: KilledServer, chain: Chain, outcome: Outcome): Promise<void> {
  using folder = server.newFolder();
  const dice = new Dice(chain.seed);
  const ledger = new Ledger();
  for (let round = 0; round <= chain.rounds; round++) {
    const about = (complaint: string) => `seed ${chain.seed}, round ${round}: ${complaint}`;
    await using running = await server.start(folder.path, chain.durability).catch((cause: unknown) => {
      throw new Error(about("the server does not start, for the reason it wrote"), { cause });
    });
    using client = new Client(running.endpoint);
    const complaints = ledger.settle(running.state).map(about);
    outcome.complaints.push(...complaints);
    if (round === chain.rounds || complaints.length > 0) break;
    if (round === 0) await prepare(client);
    await sendAgain(client, ledger.sentLately("jobs.fifo"));
    const load = new Load(client, ledger, { name: String(round), dice });
    await load.run(() => running.kill());
    if (folder.isBeingCompacted) outcome.killedCompacting++;
    outcome.complaints.push(...load.complaints.map(about));
    if (load.complaints.length > 0) break;
  }
}
