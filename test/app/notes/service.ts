import type { ServiceModel } from "../../../src/model/contract.ts";
import { type Service, serviceOf } from "../../../src/service/service.ts";
import { addNote, type NotesContext } from "./add-note.ts";

export const notesModel: ServiceModel = {
  id: "notes",
  title: "Notes",
  apiVersion: "2026-01-01",
  protocols: ["awsJson1_1"],
  targetPrefix: "Notes_20260101",
};

export const notesOperations = [{ name: "AddNote" }] as const;

const table = { AddNote: addNote };

export function createNotesService(given: Omit<NotesContext, "call">): Service {
  return serviceOf(notesModel, table, (call) => ({ call, ...given }));
}
