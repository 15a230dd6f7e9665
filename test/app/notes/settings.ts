import { setting, wholeNumber } from "../../../src/app/settings/setting-types.ts";

export const notesSettings = {
  notesLimit: setting(wholeNumber(1), { fallback: 100, group: "Notes", help: "notes per account" }),
};
