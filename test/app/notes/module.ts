import { lateModule, type Module } from "../../../src/app/modules/module.ts";
import { notesModel, notesOperations } from "./service.ts";

/** A service of JSON 1.1 that has neither CBOR nor a strict front end. Says when it is loaded, and when closed. */
export function notesModule(tell: (event: string) => void): Module {
  return lateModule({ model: notesModel, operations: notesOperations }, async () => {
    tell("loaded");
    const { createNotesService } = await import("./service.ts");
    const notes = new Map<string, string[]>();
    const reset = (account?: string): void => (account === undefined ? notes.clear() : void notes.delete(account));
    return { service: createNotesService(notes), stores: [{ reset }], close: () => tell("closed") };
  });
}
