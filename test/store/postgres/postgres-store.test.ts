import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Durability, Store } from "../../../src/store/store.ts";
import { hasPostgres, PostgresServer } from "../../support/postgres.ts";
import { base, entry, loaded, ONE, only, put, storeSuite } from "../store-suite.ts";
import { openAt, Second } from "./opening.ts";

let server: PostgresServer;
beforeAll(async () => {
  if (hasPostgres) server = await PostgresServer.start();
});
afterAll(async () => {
  if (hasPostgres) await server[Symbol.asyncDispose]();
});

describe.skipIf(!hasPostgres)("a store in PostgreSQL", () => {
  describe.for<Durability>(["process", "full"])("of durability %s", (durability) => {
    storeSuite(async () => {
      const url = await server.newDatabase();
      return { open: () => openAt(url, durability), [Symbol.asyncDispose]: async () => {} };
    });
  });

  test("serves one at a time: who comes second waits, and has all that the first one kept", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    await put(store, entry(ONE, 1));
    const second = new Second(url);
    await second.standsBy;
    await put(store, entry(ONE, 2));
    await store.close();
    second.look();
    const next = await second.opening;
    expect(await loaded(next)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
    await next.close();
  });

  test("is waited for no longer by one that is told to stop", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    const second = new Second(url);
    await second.standsBy;
    second.stop();
    await expect(second.opening).rejects.toThrow("told to stop");
    await store.close();
  });

  test("takes nothing more of one whose connection was cut, once another has taken over", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    await put(store, entry(ONE, 1));
    const second = new Second(url);
    await second.standsBy;
    const interrupted = new Promise<Error>((resolve) => store.whenInterrupted?.(resolve));
    await server.hangUp(url);
    expect((await interrupted).message).toBe("terminating connection due to administrator command");
    second.look();
    const next = await second.opening;
    await expect(put(store, entry(ONE, 2))).rejects.toThrow("another server has the database");
    await put(next, entry(ONE, 3));
    await next.close();
    await expect(put(store, entry(ONE, 2))).rejects.toThrow(
      /^another server has the database postgres:\/\/waystation@\S+; started again, this one stands by$/,
    );
    await store.close();
    const last = await openAt(url);
    expect(await loaded(last)).toEqual([entry(ONE, 1), entry(ONE, 3)]);
    await last.close();
  });

  test("takes nothing of one that still has its connection and lock, once the epoch is another", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    await put(store, entry(ONE, 1));
    await server.ask(url, "UPDATE waystation.facts SET epoch = epoch + 1");
    const large = Array.from({ length: 20 }, (_, at) => entry(ONE, at, "x".repeat(100_000)));
    await expect(put(store, ...large)).rejects.toThrow("another server has the database");
    await expect(store.compact(only(base(store, ONE, entry(ONE, 9))))).rejects.toThrow(
      "another server has the database",
    );
    await store.close();
    const again: Store = await openAt(url);
    expect(await loaded(again)).toEqual([entry(ONE, 1)]);
    await again.close();
  });

  test("goes on with another connection where nobody took over", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    await put(store, entry(ONE, 1));
    await server.hangUp(url);
    const putSecond = () => put(store, entry(ONE, 2));
    await putSecond().catch(putSecond);
    expect(await loaded(store)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
    await store.close();
  });

  test("has a batch once of which the answer was lost, whether it was kept or not", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    const held = await server.holdFacts(url);
    const appending = put(store, entry(ONE, 1));
    const refused = expect(appending).rejects.toThrow("terminating connection due to administrator command");
    await server.hangUpWaiting(url);
    await refused;
    await held.release();
    await put(store, entry(ONE, 1));
    await server.ask(url, "DELETE FROM waystation.batch WHERE number > 1");
    await store.close();
    const again: Store = await openAt(url);
    expect(await loaded(again)).toEqual([entry(ONE, 1)]);
    await again.close();
  });

  test("refuses to go on where the database lost what it had committed", async () => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    for (const at of [1, 2, 3]) await put(store, entry(ONE, at));
    await server.ask(url, "DELETE FROM waystation.batch WHERE number > 1");
    await server.hangUp(url);
    const told = async () => await put(store, entry(ONE, 4));
    await told().catch(() => {});
    await expect(told()).rejects.toThrow(
      "the database lost batches from 2 on, as in a crash; started again, this server goes on with what it has",
    );
    await store.close();
  });
});

describe.skipIf(!hasPostgres)("a database is refused", () => {
  const refused = async (change: string): Promise<unknown> => {
    const url = await server.newDatabase();
    const store = await openAt(url);
    for (let at = 1; at <= 3; at++) await put(store, entry(ONE, at, "x".repeat(60_000)));
    await store.close();
    await server.ask(url, change);
    const opened = openAt(url).then(async (again) => {
      const outcome = await loaded(again).catch((cause: Error) => cause.message);
      await again.close();
      return outcome;
    });
    return opened.catch((cause: Error) => cause.message);
  };

  test.for([
    [
      "UPDATE waystation.facts SET format = 2",
      "is of format 2, and this version reads up to 1: start the version that wrote it, or take another database.",
    ],
    ["DELETE FROM waystation.batch WHERE number = 2", "is damaged: batch 2 is missing."],
    ["DELETE FROM waystation.batch WHERE number = 1", "is damaged: batch 1 is missing."],
    [
      "UPDATE waystation.batch SET bytes = set_byte(bytes, 20, 7) WHERE number = 2",
      "is damaged: batch 2 is not what was written.",
    ],
    ["UPDATE waystation.batch SET parts = 2 WHERE number = 2", "is damaged: part 1 of batch 2 is missing."],
    ["UPDATE waystation.facts SET chunks = 1", "is damaged: of 1 parts it has 0."],
    ["DELETE FROM waystation.facts", "cannot be used: it does not say what it is."],
    ["DROP TABLE waystation.batch", 'cannot be used: relation "waystation.batch" does not exist.'],
  ] as const)("after %s", async ([change, complaint]) => {
    expect(await refused(change)).toContain(complaint);
  });

  test.for([
    [
      "a password that is wrong",
      (): string => server.urlOf("postgres", "wrong"),
      'password authentication failed for user "waystation"',
    ],
    ["a database that is not there", (): string => server.urlOf("nowhere"), 'database "nowhere" does not exist'],
    ["a host where nobody listens", (): string => "postgres://me:hush-hush@127.0.0.1:1/state", "nobody listens there"],
    [
      "a socket that is not there",
      (): string => "postgres://me:hush-hush@localhost/state?host=/nowhere",
      "its socket is not there",
    ],
  ] as const)("for %s, without a word of the password", async ([, url, complaint]) => {
    const refusal = await openAt(url()).catch((cause: unknown) => cause as Error);
    expect(refusal).toMatchObject({ name: "StoreRefusal", message: expect.stringContaining(complaint) });
    expect(JSON.stringify([refusal, (refusal as Error).message, (refusal as Error).stack])).not.toMatch(
      /hush-hush|wrong/,
    );
  });
});
