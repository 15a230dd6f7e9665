import type { Store } from "../../store/store.ts";
import type { Durable, DurableDeps } from "./durable.ts";

/** Brings back what a store holds, and has what happens kept in it from then on. It is loaded where there is a store. */
export async function openDurable(
  openStore: (() => Promise<Store>) | undefined,
  deps: DurableDeps,
): Promise<Durable | undefined> {
  if (openStore === undefined) return undefined;
  const { Durable } = await import("./durable.ts");
  return Durable.open(await openStore(), deps);
}
