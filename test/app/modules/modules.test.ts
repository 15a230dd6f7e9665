import { expect, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/app/emulator.ts";
import type { Module } from "../../../src/app/modules/module.ts";
import { messagingModules } from "../../../src/app/modules/modules.ts";
import { configFromCommandLine } from "../../../src/app/settings/config.ts";
import { helpText } from "../../../src/app/settings/help.ts";
import type { Chosen } from "../../../src/app/settings/setting-table.ts";
import { settings } from "../../../src/app/settings/settings.ts";
import { lateService } from "../../../src/service/late-service.ts";
import type { LogLine } from "../../server/services.ts";
import { notesModule } from "../notes/module.ts";
import { createNotesService, notesModel, notesOperations } from "../notes/service.ts";
import { notesSettings } from "../notes/settings.ts";
import { shelfModule } from "../shelf/module.ts";

/** A whole server with more modules than usual. Memory that is used again is overwritten in between. */
function serving(modules: readonly Module[], options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator(options, {
    poisonsReusedMemory: true,
    modulesOf(deps) {
      const usual = messagingModules(deps);
      return { ...usual, list: [...modules, ...usual.list] };
    },
  });
}

function credential(service: string, account = "000000000000"): string {
  return `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

async function addNote({ endpoint }: Emulator, note: object, account?: string) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "x-amz-target": "Notes_20260101.AddNote",
      "content-type": "application/x-amz-json-1.1",
      authorization: credential("notes", account),
    },
    body: JSON.stringify(note),
  });
  const type = response.headers.get("content-type");
  return { status: response.status, type, answer: (await response.json()) as object };
}

test("a service of JSON 1.1 without CBOR is served by a model, a table and a module", async () => {
  const events: string[] = [];
  await using emulator = await serving([notesModule((event) => events.push(event))]);
  expect(events).toEqual([]);
  const attachment = { Attachment: Buffer.from("a page").toString("base64") };
  const first = await Promise.all([
    addNote(emulator, { Text: "a", ...attachment }),
    addNote(emulator, { Text: "b", ...attachment }),
  ]);
  expect(first.map(({ answer }) => answer)).toEqual(
    expect.arrayContaining([
      { Count: 1, ...attachment },
      { Count: 2, ...attachment },
    ]),
  );
  expect(first[0]).toMatchObject({ status: 200, type: "application/x-amz-json-1.1" });
  expect(events).toEqual(["loaded"]);
  expect(await addNote(emulator, { Text: "c" })).toMatchObject({ answer: { Count: 3 } });
  expect(await addNote(emulator, {})).toMatchObject({
    status: 400,
    answer: { __type: "ValidationException", message: "Text is missing." },
  });
});

test("a control route of a module is listed with all others before the module is loaded, and loads it", async () => {
  const events: string[] = [];
  const emulator = await serving([notesModule((event) => events.push(event))]);
  const ask = async (path: string) => {
    const response = await fetch(`${emulator.endpoint}/_waystation/${path}`);
    return { status: response.status, answer: (await response.json()) as object };
  };
  expect(await ask("note")).toMatchObject({
    status: 404,
    answer: {
      message: expect.stringMatching(/Did you mean GET \/_waystation\/notes\?.*, GET \/_waystation\/notes[,.]/),
    },
  });
  expect((await ask("openapi.json")).answer).toMatchObject({
    paths: { "/_waystation/notes": { get: { summary: "shows the notes of an account" } } },
  });
  expect(await ask("notes")).toMatchObject({ status: 400, answer: { message: "An account id has 12 digits." } });
  expect(events).toEqual([]);
  expect(await ask("notes?account=000000000000")).toEqual({ status: 200, answer: { notes: [] } });
  expect(events).toEqual(["loaded"]);
  await addNote(emulator, { Text: "a" });
  expect(await ask("notes?account=000000000000")).toEqual({ status: 200, answer: { notes: ["a"] } });
  await emulator.close();
  expect(events).toEqual(["loaded", "closed"]);
});

test("a late module is reset like any other, and closed if it was ever loaded", async () => {
  const events: string[] = [];
  const unused: string[] = [];
  const emulator = await serving([notesModule((event) => events.push(event))]);
  emulator.reset();
  await addNote(emulator, { Text: "a" }, "111111111111");
  await addNote(emulator, { Text: "a" }, "222222222222");
  emulator.reset("111111111111");
  expect(await addNote(emulator, { Text: "b" }, "111111111111")).toMatchObject({ answer: { Count: 1 } });
  expect(await addNote(emulator, { Text: "b" }, "222222222222")).toMatchObject({ answer: { Count: 2 } });
  await emulator.close();
  expect(events).toEqual(["loaded", "closed"]);
  const other = await serving([notesModule((event) => unused.push(event))]);
  await other.close();
  expect(unused).toEqual([]);
});

test("a service of REST-JSON is served by method and path", async () => {
  await using emulator = await serving([shelfModule()]);
  const url = `${emulator.endpoint}/2026-01-01/books/War%20and%20Peace?place=3`;
  const put = (method: string) =>
    fetch(url, { method, headers: { authorization: credential("shelf") }, body: '{"Author":"Tolstoy"}' });
  const response = await put("PUT");
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ Title: "War and Peace", Place: "3", Author: "Tolstoy" });
  expect((await put("DELETE")).status).toBe(405);
  const unsigned = await fetch(url, { method: "PUT", body: "{}" });
  expect(unsigned.status).toBe(201);
});

test("health and front door tell of every service, loaded or not", async () => {
  await using emulator = await serving([notesModule(() => {}), shelfModule()]);
  const health = await fetch(`${emulator.endpoint}/_waystation/health`);
  expect(await health.json()).toMatchObject({ services: { notes: "running", shelf: "running", sts: "running" } });
  const about = (await (await fetch(emulator.endpoint)).json()) as { readonly services: readonly string[] };
  expect(about.services).toEqual(expect.arrayContaining(["Notes", "Shelf", "Amazon SQS"]));
});

test("a module that does not load fails the calls that wanted it, and the next one tries again", async () => {
  const lines: LogLine[] = [];
  let isBroken = true;
  const outline = { model: notesModel, operations: notesOperations };
  const service = lateService(outline, async () => {
    if (isBroken) throw new Error("cannot be read");
    return createNotesService({ notes: new Map(), limit: 9 });
  });
  const logger = {
    isEnabled: () => true,
    log: (level: string, fields: object, text: string) => void lines.push({ level, fields: { ...fields }, text }),
  };
  await using emulator = await serving([{ service, stores: [] }], { logger });
  expect(await addNote(emulator, { Text: "a" })).toMatchObject({ status: 500, answer: { __type: "InternalFailure" } });
  expect(lines).toContainEqual(expect.objectContaining({ level: "error", text: "internal failure" }));
  isBroken = false;
  expect(await addNote(emulator, { Text: "a" })).toMatchObject({ status: 200, answer: { Count: 1 } });
});

test("an outline that names other operations than there are is a mistake of ours", async () => {
  const outline = { model: notesModel, operations: [{ name: "AddNote" }, { name: "RemoveNote" }] };
  const service = lateService(outline, async () => createNotesService({ notes: new Map(), limit: 9 }));
  await expect(service.operations.get("AddNote")?.load()).rejects.toThrow("the operations of notes");
});

test("a setting of a module is an option, a flag and a variable, and is shown with the others", async () => {
  const table = { ...settings, ...notesSettings };
  type NotesConfig = Chosen<typeof notesSettings>;
  const limited = async (options: Partial<NotesConfig>) =>
    startEmulator(options as EmulatorOptions, {
      settings: table,
      modulesOf(deps) {
        const usual = messagingModules(deps);
        const { notesLimit } = deps.config as typeof deps.config & NotesConfig;
        return { ...usual, list: [notesModule(() => {}, notesLimit), ...usual.list] };
      },
    });
  await using emulator = await limited({ notesLimit: 1 });
  expect(await addNote(emulator, { Text: "a" })).toMatchObject({ status: 200 });
  expect(await addNote(emulator, { Text: "b" })).toMatchObject({
    status: 400,
    answer: { __type: "LimitExceededException" },
  });
  await expect(limited({ notesLimit: 0 })).rejects.toThrow("notesLimit must be a whole number from 1 on");
  await expect(startEmulator({ notesLimit: 1 } as EmulatorOptions, {})).rejects.toThrow(
    "there is no option notesLimit",
  );
  expect(configFromCommandLine({ "notes-limit": "3" }, {}, { table })).toMatchObject({ notesLimit: 3, port: 4566 });
  expect(configFromCommandLine({}, { WAYSTATION_NOTES_LIMIT: "4" }, { table })).toMatchObject({ notesLimit: 4 });
  expect(() => configFromCommandLine({}, { WAYSTATION_NOTES_LIMIT: "4" })).toThrow("there is no variable");
  expect(helpText(table)).toMatch(/\nNotes:\n {2}--notes-limit +notes per account \(100\)\n.*WAYSTATION_NOTES_LIMIT\n/);
});
