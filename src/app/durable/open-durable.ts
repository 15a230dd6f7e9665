import type { Durability, Store } from "../../store/store.ts";
import type { Config } from "../settings/settings.ts";
import type { Durable, DurableDeps } from "./durable.ts";

interface OpenOptions {
  readonly config: Pick<Config, "dataDir" | "durability">;
  /** Opens the store, in the place of the folder that is configured. */
  readonly openStore: (() => Promise<Store>) | undefined;
}

/**
 * Brings back what a store holds, and has what happens kept in it from now on; undefined where nothing is to last. Nothing of
 * that is loaded then. Throws StoreRefusal where the store cannot be used.
 */
export async function openDurable({ config, openStore }: OpenOptions, deps: DurableDeps): Promise<Durable | undefined> {
  const { dataDir, durability } = config;
  const open = openStore ?? (dataDir === undefined ? undefined : () => openIn(dataDir, durability));
  if (open === undefined) return undefined;
  const { Durable } = await import("./durable.ts");
  return Durable.open(await open(), deps);
}

async function openIn(dataDir: string, durability: Durability): Promise<Store> {
  const { openDataDir } = await import("./data-dir.ts");
  return openDataDir(dataDir, durability);
}
