import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../../src/app/emulator.ts";

/** What stands for a console. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waystation-console-"));
  writeFileSync(join(folder, "index.html"), "<p>hello</p>");
  writeFileSync(join(folder, "main.js"), "1");
  writeFileSync(join(folder, "notes.secret"), "none of theirs");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function asked(path: string, options: RequestInit = {}, consoleFolder = pathToFileURL(`${folder}/`)) {
  await using emulator = await startEmulator({}, { consoleFolder });
  const response = await fetch(`${emulator.endpoint}${path}`, options);
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

const forPeople = { headers: { accept: "text/html,application/xhtml+xml" } };

describe("the console", () => {
  test("is a page that can load nothing from elsewhere and run nothing that is written into it", async () => {
    const { status, headers, text } = await asked("/_waystation/", forPeople);
    expect({ status, text }).toEqual({ status: 200, text: "<p>hello</p>" });
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = headers.get("content-security-policy")?.split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(String(policy)).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("is for who reads pages: others are told which routes there are", async () => {
    const { status, text } = await asked("/_waystation/");
    expect(status).toBe(404);
    expect(text).toContain("/_waystation/health");
  });

  test.for([
    ["main.js", 200, "1"],
    ["main.js?v=1", 200, "1"],
    ["notes.secret", 404, "The console has no such file.\n"],
    ["..%2Fmain.js", 404, "The console has no such file.\n"],
    ["", 404, "The console has no such file.\n"],
  ] as const)("loads its own files alone: %s", async ([name, status, text]) => {
    expect(await asked(`/_waystation/console/${name}`)).toMatchObject({ status, text });
  });

  test("is not sent again to a browser that has it", async () => {
    const { headers } = await asked("/_waystation/console/main.js");
    const again = { headers: { "if-none-match": headers.get("etag") ?? "" } };
    expect(await asked("/_waystation/console/main.js", again)).toMatchObject({ status: 304, text: "" });
  });

  test("answers HEAD without a body", async () => {
    const { status, headers, text } = await asked("/_waystation/console/main.js", { method: "HEAD" });
    expect({ status, length: headers.get("content-length"), text }).toEqual({ status: 200, length: "1", text: "" });
  });

  test("is closed to pages of other sites, as all control routes are", async () => {
    const options = { headers: { ...forPeople.headers, origin: "http://evil.example" } };
    expect(await asked("/_waystation/", options)).toMatchObject({ status: 403 });
  });

  test("says what to do where it was not built", async () => {
    const nowhere = pathToFileURL(join(folder, "nowhere/"));
    const { status, text } = await asked("/_waystation/", forPeople, nowhere);
    expect({ status, text }).toEqual({ status: 404, text: "The console is not built: npm run bundle.\n" });
  });
});
