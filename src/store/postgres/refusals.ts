import { StoreRefusal } from "../store.ts";
import { nameOf } from "./database-name.ts";
import { reasonOf } from "./reasons.ts";
import { FORMAT } from "./tables.ts";

/** The database of that URL cannot be reached, or not used. */
export function unusable(url: string, cause: unknown): StoreRefusal {
  if (cause instanceof StoreRefusal) return cause;
  return new StoreRefusal(`The database ${nameOf(url)} cannot be used: ${reasonOf(cause)}.`, { cause });
}

export function damaged(url: string, how: string): StoreRefusal {
  return new StoreRefusal(
    `The database ${nameOf(url)} is damaged: ${how}. Nothing of it was loaded: restore a copy of it, or take another database.`,
  );
}

export function newer(url: string, format: number): StoreRefusal {
  return new StoreRefusal(
    `The database ${nameOf(url)} is of format ${format}, and this version reads up to ${FORMAT}: start the version that wrote it, or take another database.`,
  );
}

/** Somebody else serves, to whom nothing would be known of what is written from here on. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

export function superseded(url: string): Superseded {
  return new Superseded(`another server has the database ${nameOf(url)}; started again, this one stands by`);
}

/** Who has the lock has not taken over yet: somebody who is about to, or a connection of our own whose loss is not known there. */
export function heldBySomeone(url: string): Error {
  return new Error(`the database ${nameOf(url)} is locked by another connection that has not taken over yet`);
}

/** What failed while it was used, with a message in the words of people. */
export function inWords(cause: unknown): Error {
  if (cause instanceof StoreRefusal || cause instanceof Superseded) return cause;
  return new Error(reasonOf(cause), { cause });
}
