import { controlRoute } from "../../../src/server/control/contract.ts";
import { account } from "../../../src/server/control/inputs.ts";

export interface NotesControl {
  /** The notes of an account. */
  readNotes(account: string): Promise<readonly string[]>;
}

export const notesRoute = controlRoute({
  method: "GET",
  path: "/_waystation/notes",
  summary: "shows the notes of an account",
  inputs: { account },
  required: ["account"],
  answer: {
    type: "object",
    properties: { notes: { type: "array", items: { type: "string" } } },
    required: ["notes"],
    additionalProperties: false,
  },
  handle: async ({ readNotes }: NotesControl, { account: owner }) => ({ notes: await readNotes(owner) }),
});
