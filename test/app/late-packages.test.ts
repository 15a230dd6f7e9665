import { afterAll, beforeAll, expect, test } from "vitest";
import { BuiltCli } from "../support/built-cli.ts";

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

/** Starts a server, asks it for that, and tells which packages that do not belong to Node are loaded then. */
async function packagesAfter(path: string): Promise<string[]> {
  const code = `
    import { createRequire } from "node:module";
    import { createEmulator } from "waystation";
    const emulator = await createEmulator();
    await (await fetch(emulator.endpoint + ${JSON.stringify(path)})).text();
    await emulator.close();
    const paths = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify(paths.flatMap((path) => path.split("node_modules/")[1]?.split("/")[0] ?? [])));`;
  return JSON.parse(await cli.runModule(code));
}

test("starting and health checks load no package, the first control request loads fastify", async () => {
  expect(await packagesAfter("/_waystation/health")).toEqual([]);
  expect(await packagesAfter("/_waystation/outbox")).toContain("fastify");
});
