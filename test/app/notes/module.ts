import { lateModule, type Module } from "../../../src/app/modules/module.ts";
import { boundRoutes } from "../../../src/server/control/contract.ts";
import { notesRoute } from "./notes-route.ts";
import { notesModel, notesOperations } from "./service.ts";
import { notesSettings } from "./settings.ts";

/**
 * A service of JSON 1.1 that has neither CBOR nor a strict front end, and a control route and a setting of its own. Says when it is
 * loaded, and when closed.
 */
export function notesModule(tell: (event: string) => void, limit: number = notesSettings.notesLimit.fallback): Module {
  const routes = (loaded: () => ReturnType<typeof load>) => async () =>
    boundRoutes([notesRoute], { readNotes: async (account) => (await loaded()).notes.get(account) ?? [] });
  return lateModule({ model: notesModel, operations: notesOperations, routes }, () => load(tell, limit));
}

async function load(tell: (event: string) => void, limit: number) {
  tell("loaded");
  const { createNotesService } = await import("./service.ts");
  const notes = new Map<string, string[]>();
  const reset = (account?: string): void => (account === undefined ? notes.clear() : void notes.delete(account));
  return { notes, service: createNotesService({ notes, limit }), stores: [{ reset }], close: () => tell("closed") };
}
