import { getHeapStatistics, queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";

const clock = new SystemClock();
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Lets everybody else have a turn of the event loop. */
export function aTurn(): Promise<void> {
  return new Promise((resolve) => clock.at(clock.now(), resolve));
}

/** How often the memory is looked at, and how many of the first and of the last looks count. */
const LOOKS = 12;
const GROUP = 4;

const collected = new FinalizationRegistry<() => void>((tell) => tell());

/** Collects garbage until registries have heard of it. V8 tells them one after the other, the first that had something to hear of first. */
async function registriesHeard(): Promise<void> {
  let isHeard = false;
  const hear = (): void => {
    isHeard = true;
  };
  collected.register({}, hear);
  while (!isHeard) {
    await aTurn();
    collectGarbage();
  }
}

/** Bytes in use, buffers included, once everything is gone that nothing holds. */
export async function bytesInUse(): Promise<number> {
  // What comes to a registry with one collection is heard before what comes to any with a later one, and may let go of more.
  for (let times = 0; times < 3; times++) await registriesHeard();
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external + sharedBytes;
}

/** Bytes of shared memory that something still holds, which are in none of V8's figures. */
let sharedBytes = 0;
const freed = new FinalizationRegistry<number>((bytes) => {
  sharedBytes -= bytes;
});

/** Bytes of shared memory that V8 has not found to be let go. */
export function sharedBytesInUse(): number {
  return sharedBytes;
}

globalThis.SharedArrayBuffer = class extends SharedArrayBuffer {
  constructor(length?: number) {
    super(length);
    sharedBytes += this.byteLength;
    freed.register(this, this.byteLength);
  }
};

/** A class, whatever it is made with. */
// biome-ignore lint/suspicious/noExplicitAny: what a constructor takes does not matter to who counts its objects
type Class = abstract new (...args: any[]) => object;

/** How many objects of each class something still holds. Costs a look at everything there is for each of them. */
export async function liveObjects(classes: readonly Class[]): Promise<Readonly<Record<string, number>>> {
  await bytesInUse();
  return Object.fromEntries(classes.map((counted) => [counted.name, queryObjects(counted, { format: "count" })]));
}

/**
 * How many bytes each round of the task leaves behind for good. The memory is looked at again and again, after so many rounds
 * each time: what V8 takes for its own use comes and goes, so that the least of the first looks and the least of the last are
 * without it, and what is held for good lies between the two. Rounds are numbered from 0 and never come twice. The first look
 * comes after a run in which caches fill.
 */
export async function bytesLeftBehind(rounds: number, task: (round: number) => unknown): Promise<number> {
  const looks: number[] = [];
  for (let round = 0; looks.length < LOOKS; ) {
    for (const end = round + rounds; round < end; round++) await task(round);
    looks.push(await bytesInUse());
  }
  const grown = least(looks.slice(-GROUP)) - least(looks.slice(0, GROUP));
  return Math.max(0, grown / (rounds * (LOOKS - GROUP)));
}

function least(looks: readonly number[]): number {
  return looks.reduce((one, other) => Math.min(one, other));
}
