import type { StandingBy } from "../../store/postgres/lead.ts";
import type { Durability, Store } from "../../store/store.ts";
import type { Config } from "../settings/settings.ts";
import type { Durable, DurableDeps } from "./durable.ts";
import type { Standby } from "./standby.ts";

interface OpenOptions {
  readonly config: Pick<Config, "dataDir" | "store" | "durability">;
  /** Opens the store, in the place of the one that is configured. */
  readonly openStore?: (() => Promise<Store>) | undefined;
  /** Where several servers have one store, of which one serves. Ended by who opens the port it had, or here when that is not to be. */
  readonly standby: Standby;
}

/**
 * Brings back what a store holds, and has what happens kept in it from now on; undefined where nothing is to last. Nothing of
 * that is loaded then. Throws StoreRefusal where the store cannot be used.
 */
export async function openDurable(options: OpenOptions, deps: DurableDeps): Promise<Durable | undefined> {
  const open = options.openStore ?? openerOf(options);
  if (open === undefined) return undefined;
  const { Durable } = await import("./durable.ts");
  try {
    return await Durable.open(await open(), deps);
  } catch (cause) {
    await options.standby.end();
    throw cause;
  }
}

function openerOf({ config, standby }: OpenOptions): (() => Promise<Store>) | undefined {
  const { dataDir, store, durability } = config;
  if (store !== undefined) return () => openIn(store, durability, standby);
  return dataDir === undefined ? undefined : () => openFolder(dataDir, durability);
}

async function openFolder(dataDir: string, durability: Durability): Promise<Store> {
  const { openDataDir } = await import("./data-dir.ts");
  return openDataDir(dataDir, durability);
}

async function openIn(url: string, durability: Durability, standby: StandingBy): Promise<Store> {
  const { openPostgresStore } = await import("../../store/postgres/postgres-store.ts");
  return openPostgresStore({ url, durability }, standby);
}
