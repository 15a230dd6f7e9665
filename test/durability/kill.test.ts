import { expect, test } from "vitest";
import { hasLmdb } from "../support/has-lmdb.ts";
import { KilledServer } from "./killed-server.ts";
import { rounds } from "./rounds.ts";

/** So many rounds, from that seed on: `KILL_ROUNDS=1000 KILL_SEED=7 npx vitest run test/durability`. */
const { KILL_ROUNDS = "25", KILL_SEED = "1" } = process.env;

/** As long as a start may take on a machine that has much else to do; this only ends what hangs. */
const ROUND_MS = 30_000;

test.skipIf(!hasLmdb())(
  `${KILL_ROUNDS} times a server that is killed at a random moment has, started again, what it acknowledged`,
  { timeout: (2 + Number(KILL_ROUNDS)) * ROUND_MS },
  async () => {
    using server = new KilledServer();
    await server.build();
    const startedAt = performance.now();
    const { complaints, killedCompacting } = await rounds(server, Number(KILL_SEED), Number(KILL_ROUNDS));
    expect(complaints).toEqual([]);
    const roundMs = Math.round((performance.now() - startedAt) / Number(KILL_ROUNDS));
    process.stderr.write(
      `${roundMs} ms a round; ${killedCompacting} of ${KILL_ROUNDS} ended in the middle of a compaction\n`,
    );
  },
);
