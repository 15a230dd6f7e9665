import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selfSigned } from "../../../src/server/http/tls.ts";
import { lookIntoDatabase } from "../../../src/store/postgres/kept-database.ts";
import { hasPostgres, PostgresServer } from "../../support/postgres.ts";
import { entry, loaded, ONE, put } from "../store-suite.ts";
import { openAt } from "./opening.ts";

/** What it is told who opens a database that cannot be used. */
async function refusalOf(url: string): Promise<string> {
  const refusal = await openAt(url).catch((cause: unknown) => cause as Error);
  expect(refusal).toMatchObject({ name: "StoreRefusal" });
  expect(JSON.stringify([refusal, (refusal as Error).stack])).not.toContain("hush-hush");
  return (refusal as Error).message;
}

describe.skipIf(!hasPostgres)("a database that takes connections by a port with TLS alone", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    if (hasPostgres) server = await PostgresServer.start({ tls: selfSigned("localhost", Buffer.from([1])) });
  });
  afterAll(async () => {
    if (hasPostgres) await server[Symbol.asyncDispose]();
  });

  test.for([
    ["", "it takes nobody without TLS, or not this user: add sslmode=verify-full to its URL (no pg_hba.conf entry for"],
    [
      "?sslmode=disable",
      "it takes nobody without TLS, or not this user: add sslmode=verify-full to its URL (no pg_hba.conf",
    ],
    [
      "?sslmode=verify-full",
      "its certificate is not to be trusted (self-signed certificate): add sslrootcert=… to its URL with the file of who signed it, or sslmode=no-verify.",
    ],
    ["?sslrootcert=/nowhere.crt", "/nowhere.crt is not there."],
  ] as const)("is refused with a sentence to a URL with '%s'", async ([query, complaint]) => {
    expect(await refusalOf(server.portUrlOf("postgres", query))).toContain(complaint);
  });

  test("is used with it", async () => {
    const url = await server.newDatabase();
    const encrypted = server.portUrlOf(new URL(url).pathname.slice(1), "?sslmode=no-verify");
    const store = await openAt(encrypted);
    await put(store, entry(ONE, 1));
    expect(await loaded(store)).toEqual([entry(ONE, 1)]);
    const [row] = await server.ask<{ ssl: boolean }>(
      url,
      "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    expect(row).toEqual({ ssl: true });
    await store.close();
  });
});

describe.skipIf(!hasPostgres)("a database", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    if (hasPostgres) server = await PostgresServer.start();
  });
  afterAll(async () => {
    if (hasPostgres) await server[Symbol.asyncDispose]();
  });

  test("that takes no TLS is refused with a sentence to a URL that asks for it", async () => {
    await using network = await server.network();
    const url = `${server.urlBy(network, server.urlOf("postgres"))}?sslmode=verify-full`;
    expect(await refusalOf(url)).toContain("it takes no TLS, which its URL asks for: leave out sslmode.");
  });

  test("that wants a password is refused with a sentence to a URL that has none", async () => {
    const url = server.urlOf("postgres").replace(":hush-hush@", "@");
    expect(await refusalOf(url)).toContain("it wants a password, and its URL has none.");
  });

  test("whose server says nothing is refused with a sentence", async () => {
    await using network = await server.network();
    network.goOut();
    expect(await refusalOf(server.urlBy(network, server.urlOf("postgres")))).toContain("it does not answer.");
  });

  test("that may not be written to is refused with a sentence, empty or not, and can be looked into", async () => {
    const [url, empty] = [await server.newDatabase(), await server.newDatabase()];
    const store = await openAt(url);
    await put(store, entry(ONE, 1));
    await store.close();
    await using replica = await server.startReplica();
    for (const one of [url, empty]) {
      const name = new URL(one).pathname.slice(1);
      expect(await refusalOf(replica.urlOf(name))).toContain(
        "cannot be used: it can only be read, as a replica: take the URL of the server that is written to.",
      );
    }
    const name = new URL(url).pathname.slice(1);
    const entries = await lookIntoDatabase(replica.urlOf(name), (kept) => [...kept.entries()].flat());
    expect(entries).toEqual([entry(ONE, 1)]);
  });

  test("that can only be read from now on is left, and gone on with once it can be written to", async () => {
    const url = await server.newDatabase();
    const name = new URL(url).pathname.slice(1);
    const store = await openAt(url);
    await put(store, entry(ONE, 1));
    const interrupted = new Promise<Error>((resolve) => store.whenInterrupted?.(resolve));
    const setReadOnly = (isReadOnly: boolean) =>
      server.ask(server.urlOf("postgres"), `ALTER DATABASE ${name} SET default_transaction_read_only = ${isReadOnly}`);
    await setReadOnly(true);
    await server.hangUp(url).catch(() => {});
    await interrupted;
    await expect(put(store, entry(ONE, 2))).rejects.toThrow("it can only be read, as a replica");
    await setReadOnly(false);
    await put(store, entry(ONE, 2));
    expect(await loaded(store)).toEqual([entry(ONE, 1), entry(ONE, 2)]);
    await store.close();
  });
});
