import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import type { Durability } from "../../src/store/store.ts";
import { BuiltCli } from "../support/built-cli.ts";
import { hasLmdb } from "../support/has-lmdb.ts";
import { Client } from "./client.ts";
import { Dice } from "./dice.ts";
import { type Found, foundIn } from "./found.ts";
import { Ledger } from "./ledger.ts";
import { Load, prepare } from "./load.ts";

test.skipIf(!hasLmdb())(
  "the built command has, killed and started again by its flags, what it acknowledged",
  { timeout: 300_000 }, // this only ends what hangs
  async () => {
    using cli = new BuiltCli();
    for (const durability of ["process", "full"] as const) {
      const folder = mkdtempSync(join(tmpdir(), "waystation-built-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const ledger = new Ledger();
      const load = await workOn(cli, { folder, durability, ledger });
      expect(load.complaints).toEqual([]);
      using server = start(cli, folder, durability);
      const found = await stateOf(await endpointOf(server));
      expect(found.length).toBeGreaterThan(0);
      expect(ledger.settle(found)).toEqual([]);
    }
  },
);

interface Work {
  readonly folder: string;
  readonly durability: Durability;
  readonly ledger: Ledger;
}

/** Has a server work until it is killed. */
async function workOn(cli: BuiltCli, { folder, durability, ledger }: Work): Promise<Load> {
  using server = start(cli, folder, durability);
  using client = new Client(await endpointOf(server));
  await prepare(client);
  const load = new Load(client, ledger, { name: durability, dice: new Dice(1) });
  await load.run(async () => void server.kill("SIGKILL"));
  expect((await server.end()).signal).toBe("SIGKILL");
  return load;
}

function start(cli: BuiltCli, folder: string, durability: Durability) {
  return cli.run(["start", "--port", "0", "--data-dir", folder, "--durability", durability]);
}

async function endpointOf({ stdout }: ReturnType<BuiltCli["run"]>): Promise<string> {
  const [endpoint = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(await stdout.until("\n")) ?? [];
  return endpoint;
}

async function stateOf(endpoint: string): Promise<readonly Found[]> {
  const document = await (await fetch(`${endpoint}/_waystation/snapshots/document`)).text();
  const [, ...lines] = document.trimEnd().split("\n");
  return foundIn(lines.map((line) => JSON.parse(line) as Entry));
}
