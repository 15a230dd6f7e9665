import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { openPostgresStore } from "../../../src/store/postgres/postgres-store.ts";
import { hasPostgres, PostgresServer } from "../../support/postgres.ts";
import { SECOND, stillTime } from "../../support/queue.ts";
import { entry, loaded, ONE, put } from "../store-suite.ts";
import { nobody, Second } from "./opening.ts";

let server: PostgresServer;
beforeAll(async () => {
  if (hasPostgres) server = await PostgresServer.start();
});
afterAll(async () => {
  if (hasPostgres) await server[Symbol.asyncDispose]();
});

const HOUR_MS = 3_600_000;
/** What is told of a connection that ended depends on what of it came first. */
const CUT_OFF = /terminating connection due to administrator command|Connection terminated|ECONNRESET|EPIPE/;
const OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

/** A store that is reached by a network, with so many batches in it, and time that stands still. */
async function overNetwork(batches = 1) {
  const [network, url] = await Promise.all([server.network(), server.newDatabase()]);
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const store = await openPostgresStore({ url: server.urlBy(network, url), durability: "process", clock }, nobody);
  for (let at = 1; at <= batches; at++) await put(store, entry(ONE, at));
  let interrupted: (cause: Error) => void = () => {};
  const interruption = new Promise<Error>((resolve) => {
    interrupted = resolve;
  });
  store.whenInterrupted?.(interrupted);
  return {
    ...{ network, url, clock, store, interruption },
    async [Symbol.asyncDispose]() {
      const closed = store.close();
      await nextTurn();
      clock.advance(SECOND);
      await closed;
      await network[Symbol.asyncDispose]();
    },
  };
}

/** What somebody else finds there, once the database has missed whoever had it. */
const entriesAt = async (url: string): Promise<readonly unknown[]> => {
  const store = await openPostgresStore({ url, durability: "process" }, { begin: async () => {}, pause: nextTurn });
  const entries = await loaded(store);
  await store.close();
  return entries;
};

describe.skipIf(!hasPostgres)("a store in PostgreSQL of which the database hears nothing any more", () => {
  test("is taken over from, with all that was kept, and keeps nothing any more once the network is back", async () => {
    await using first = await overNetwork();
    const { network, store, url, interruption } = first;
    network.goOut();
    const lost = put(store, entry(ONE, 2));
    const next = await new Second(url, { silentMs: 0 }).opening;
    expect(await loaded(next)).toEqual([entry(ONE, 1)]);
    await put(next, entry(ONE, 3));
    network.comeBack();
    await expect(lost).rejects.toThrow(CUT_OFF);
    expect((await interruption).message).toMatch(CUT_OFF);
    const superseded = new Promise<Error>((resolve) => store.whenSuperseded?.(resolve));
    await expect(put(store, entry(ONE, 2))).rejects.toThrow(/^another server has the database/);
    expect((await superseded).message).toMatch(/^another server has the database/);
    await expect(put(store, entry(ONE, 2))).rejects.toThrow(/^another server has the database/);
    await next.close();
    expect(await entriesAt(url)).toEqual([entry(ONE, 1), entry(ONE, 3)]);
  });

  test.for([
    ["a statement that is known", 1, 100],
    ["a statement that is new", 0, 1_000],
  ] as const)("is taken over from where its network went out in the middle of %s", async ([, known, bytes]) => {
    await using first = await overNetwork(known);
    const { network, store, url } = first;
    const out = network.goOutAfter(bytes);
    const lost = put(store, entry(ONE, 2, "x".repeat(100_000)));
    await out;
    const next = await new Second(url, { silentMs: 0 }).opening;
    await put(next, entry(ONE, 3));
    await next.close();
    network.comeBack();
    await expect(lost).rejects.toThrow(CUT_OFF);
    await expect(put(store, entry(ONE, 2))).rejects.toThrow(/^another server has the database/);
    const kept = known === 1 ? [entry(ONE, 1)] : [];
    expect(await entriesAt(url)).toEqual([...kept, entry(ONE, 3)]);
  });

  test("goes on where its network came back in the middle of a statement, with a delay and no more", async () => {
    await using first = await overNetwork();
    const { network, store } = first;
    const large = entry(ONE, 2, "x".repeat(100_000));
    const out = network.goOutAfter(5_000);
    const appending = put(store, large);
    await out;
    network.comeBack();
    await appending;
    expect(await loaded(store)).toEqual([entry(ONE, 1), large]);
  });

  test("is not taken over from while it was heard of lately, or waits for the database itself", async () => {
    await using first = await overNetwork();
    const { store, url } = first;
    const patient = new Second(url, { silentMs: HOUR_MS });
    await patient.standsBy;
    await patient.lookInVain();
    const held = await server.holdFacts(url);
    const appending = put(store, entry(ONE, 2));
    await server.untilOneWaits(url);
    const hasty = new Second(url, { silentMs: 0 });
    await hasty.standsBy;
    await hasty.lookInVain();
    await held.release();
    await appending;
    for (const second of [patient, hasty]) second.stop();
    await Promise.allSettled([patient.opening, hasty.opening]);
    expect(await loaded(store)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
  });

  test("is not taken over from while it loads what there is, however long that takes", async () => {
    await using first = await overNetwork();
    const { store, url } = first;
    const entries = await store.load();
    const hasty = new Second(url, { silentMs: 0 });
    await hasty.standsBy;
    await hasty.lookInVain();
    hasty.stop();
    await hasty.opening.catch(() => {});
    expect([...entries].flat()).toEqual([entry(ONE, 1)]);
    await put(store, entry(ONE, 2));
    expect(await server.ask(url, `SELECT DISTINCT application_name AS name ${OTHERS}`)).toEqual([
      { name: "waystation" },
    ]);
  });

  test("is not sure of anything after three seconds, and says that the database is away when that has not answered for three", async () => {
    await using first = await overNetwork();
    const { store, network, clock, interruption } = first;
    network.goOut();
    clock.advance(3 * SECOND - 1);
    expect(store.sure?.()).toBe(undefined);
    clock.advance(1);
    const sure = store.sure?.();
    expect(sure).toBeInstanceOf(Promise);
    clock.advance(SECOND);
    await expect(sure).rejects.toThrow("the database has not answered for 3 seconds");
    expect((await interruption).message).toBe("the database has not answered for 3 seconds");
  });

  test("is sure again once the database answers", async () => {
    await using first = await overNetwork();
    const { store, network, clock } = first;
    network.goOut();
    clock.advance(3.5 * SECOND);
    const sure = store.sure?.();
    network.comeBack();
    await sure;
    expect(store.sure?.()).toBe(undefined);
    await put(store, entry(ONE, 2));
  });

  test("goes on by another connection where nobody took over, though the database has not missed the first one yet", async () => {
    await using first = await overNetwork();
    const { store, network, clock, interruption } = first;
    network.strand();
    clock.advance(5 * SECOND);
    await interruption;
    await put(store, entry(ONE, 2));
    expect(await loaded(store)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
  });

  test("lets a shutdown come to its end", async () => {
    const first = await overNetwork();
    first.network.goOut();
    await first[Symbol.asyncDispose]();
    expect(first.clock.pending).toBe(0);
  });
});

type Reached = Pick<Awaited<ReturnType<typeof overNetwork>>, "store" | "network">;

/** Has a batch committed whose answer is on its way for good, and gives what waits for its refusal. */
async function committedUnheard({ store, network }: Reached): Promise<{ refused: Promise<void> }> {
  const lost = network.loseAnswer();
  const refused = expect(put(store, entry(ONE, 2))).rejects.toThrow(CUT_OFF);
  await lost;
  return { refused };
}

describe.skipIf(!hasPostgres)("a store in PostgreSQL", () => {
  test("has a batch once whose commit was cut off from its answer", async () => {
    await using first = await overNetwork();
    const { store, network, url } = first;
    const { refused } = await committedUnheard(first);
    expect(await server.ask(url, "SELECT count(*)::int FROM waystation.batch")).toEqual([{ count: 2 }]);
    network.cut();
    await refused;
    await put(store, entry(ONE, 2));
    await put(store, entry(ONE, 3));
    expect(await loaded(store)).toEqual([entry(ONE, 1), entry(ONE, 2), entry(ONE, 3)]);
  });

  test("has what was committed without an answer where another one takes over, who answers for it", async () => {
    await using first = await overNetwork();
    const { store, network, url } = first;
    const { refused } = await committedUnheard(first);
    network.cut();
    await refused;
    expect(await entriesAt(url)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
    await expect(put(store, entry(ONE, 2))).rejects.toThrow(/^another server has the database/);
  });

  test("has nothing of a batch in many parts that is cut off in between, and all of it afterwards", async () => {
    await using first = await overNetwork();
    const { store, network, url } = first;
    const large = Array.from({ length: 30 }, (_, at) => entry(ONE, at, "x".repeat(100_000)));
    const lost = network.loseAnswer();
    const refused = expect(put(store, ...large)).rejects.toThrow(CUT_OFF);
    await lost;
    network.cut();
    await refused;
    const [{ parts } = { parts: 0 }] = await server.ask<{ parts: number }>(
      url,
      "SELECT count(*)::int AS parts FROM waystation.batch WHERE number = 2",
    );
    expect(parts).toBeGreaterThan(0);
    expect(await loaded(store).catch((cause: Error) => cause.message)).toMatch(CUT_OFF);
    await put(store, ...large);
    expect(await loaded(store)).toEqual([entry(ONE, 1), ...large]);
  });

  test("goes on after the database was started anew", async () => {
    await using first = await overNetwork();
    const { store, interruption } = first;
    await server.end();
    await interruption;
    await expect(put(store, entry(ONE, 2))).rejects.toThrow(/cannot be used: /);
    await server.begin();
    await put(store, entry(ONE, 2));
    expect(await loaded(store)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
  });
});
