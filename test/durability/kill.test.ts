import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { KilledServer } from "./killed-server.ts";
import { rounds } from "./rounds.ts";

/** So many rounds, from that seed on: `KILL_ROUNDS=1000 KILL_SEED=7 npx vitest run test/durability`. */
const { KILL_ROUNDS = "25", KILL_SEED = "1" } = process.env;

test.skipIf(!hasLmdb())(
  `${KILL_ROUNDS} times a server that is killed at a random moment has, started again, what it acknowledged`,
  async () => {
    using server = new KilledServer();
    await server.build();
    const startedAt = performance.now();
    expect(await rounds(server, Number(KILL_SEED), Number(KILL_ROUNDS))).toEqual([]);
    process.stderr.write(`${Math.round((performance.now() - startedAt) / Number(KILL_ROUNDS))} ms a round\n`);
  },
);

function hasLmdb(): boolean {
  try {
    createRequire(import.meta.url)("lmdb");
    return true;
  } catch {
    return false;
  }
}
