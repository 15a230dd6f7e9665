import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PackedPackage } from "../support/packed-package.ts";

let packed: PackedPackage;
beforeAll(() => {
  packed = new PackedPackage();
});
afterAll(() => packed[Symbol.dispose]());

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const manifest = read("package.json");
const { programs, imports } = read("tools/entries.json");

/** Sends a message and prints it when it is received. */
const ROUND_TRIP = `
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
`;
const SDK_NAMES = "{ CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient }";
const IMPORTS = `import ${SDK_NAMES} from "@aws-sdk/client-sqs";\nimport { createEmulator } from "waystation";`;
const REQUIRES = `const ${SDK_NAMES} = require("@aws-sdk/client-sqs");\nconst { createEmulator } = require("waystation");`;
const TEST_BODY = `test("a message", async () => {
  const emulator = await createEmulator();
  ${ROUND_TRIP}
  expect(Messages![0]!.Body).toBe("hello");
  await emulator.close();
});`;
const PLAIN_TEST_BODY = TEST_BODY.replaceAll("!", "");

describe("the package", () => {
  test("has an entry for each import, and no other", () => {
    const paths = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
    const names = paths.map((path) => (path === "." ? "index" : basename(path)));
    expect(names.toSorted()).toEqual(Object.keys(imports).toSorted());
    const typed = ["index", ...Object.keys(manifest.typesVersions["*"])]; // as the resolution "node" finds them
    expect(typed.toSorted()).toEqual(names.toSorted());
    expect(Object.keys(programs)).toEqual([basename(manifest.bin.waystation, ".js")]);
  });

  test("is as publint wants it", async () => {
    const tarball = readFileSync(packed.tarball);
    const { messages } = await publint({ pack: { tarball: arrayBufferOf(tarball) } });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  test("has types that resolve whatever the resolution, as arethetypeswrong sees it", async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(packed.tarball))));
    expect(result).toMatchObject({ types: { kind: "included" }, problems: [] });
  });
});

function arrayBufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

test("a server that runs from it serves the web console", async () => {
  const project = packed.project("console", {
    "script.mjs": `
      import { createEmulator } from "waystation";
      const emulator = await createEmulator();
      const page = await (await fetch(emulator.endpoint, { headers: { accept: "text/html" } })).text();
      const [, script] = /<script type="module" src="([^"]+)"/.exec(page);
      const { status, headers } = await fetch(new URL(script, emulator.endpoint + "/_waystation/"));
      console.log(status, headers.get("content-type"));
      await emulator.close();`,
  });
  expect(await project.node("script.mjs")).toBe("200 text/javascript; charset=utf-8\n");
});

describe("a project that has it installed uses it", () => {
  test("in a CommonJS script", async () => {
    const script = `${REQUIRES}
      (async () => { const emulator = await createEmulator(); ${ROUND_TRIP} console.log(Messages[0].Body); await emulator.close(); })();`;
    const project = packed.project("commonjs", { "script.cjs": script });
    expect(await project.node("script.cjs")).toBe("hello\n");
  });

  test("in an ES module", async () => {
    const script = `${IMPORTS}
      const emulator = await createEmulator(); ${ROUND_TRIP} console.log(Messages[0].Body); await emulator.close();`;
    const project = packed.project("module", { "script.mjs": script });
    expect(await project.node("script.mjs")).toBe("hello\n");
  });

  test("in both at once, as one: classes are the same", async () => {
    const project = packed.project("both", {
      "required.cjs": 'module.exports = require("waystation");',
      "script.mjs": `
        import required from "./required.cjs";
        import * as imported from "waystation";
        const failure = await required.createEmulator({ region: "nowhere at all" }).catch((error) => error);
        console.log(failure instanceof imported.UsageError);`,
    });
    expect(await project.node("script.mjs")).toBe("true\n");
  });

  test("in Jest as it comes", async () => {
    const project = packed.project(
      "jest",
      {
        "message.test.js": `${REQUIRES}\n${PLAIN_TEST_BODY}`,
      },
      "jest",
    );
    expect(await project.program("jest/bin/jest.js", "--ci")).toContain("1 passed");
  });

  test("in Jest with TypeScript", async () => {
    const project = packed.project(
      "jest-typescript",
      {
        "package.json": '{ "jest": { "transform": { "\\\\.ts$": "./compile.cjs" } } }',
        "compile.cjs": `
        const { transpileModule } = require("@typescript/typescript6");
        const compilerOptions = { module: "commonjs", target: "es2022", esModuleInterop: true };
        exports.process = (text) => ({ code: transpileModule(text, { compilerOptions }).outputText });`,
        "message.test.ts": `${IMPORTS}\n${TEST_BODY}`,
      },
      "jest",
      "@typescript",
    );
    expect(await project.program("jest/bin/jest.js", "--ci")).toContain("1 passed");
  });

  test("in Vitest", async () => {
    const project = packed.project(
      "vitest",
      {
        "message.test.ts": `import { expect, test } from "vitest";\n${IMPORTS}\n${TEST_BODY}`,
      },
      "vitest",
    );
    expect(await project.program("vitest/vitest.mjs", "run")).toContain("1 passed");
  });

  test("in node:test", async () => {
    const body = PLAIN_TEST_BODY.replace(/expect\((.*)\)\.toBe\((.*)\)/, "assert.equal($1, $2)");
    const project = packed.project("node-test", {
      "message.test.mjs": `import assert from "node:assert";\nimport { test } from "node:test";\n${IMPORTS}\n${body}`,
    });
    expect(await project.node("--test")).toContain("# pass 1");
  });

  const all = Object.keys(imports).map((name) => (name === "index" ? "waystation" : `waystation/${name}`));
  const typed = `
    ${all.map((name, n) => `import * as entry${n} from "${name}";`).join("\n")}
    import { createEmulator, type Emulator, UsageError } from "waystation";
    export const entries = [${all.map((_, n) => `entry${n}`).join(", ")}];
    export async function use(): Promise<number> {
      const emulator: Emulator = await createEmulator({ profile: "aws" });
      await emulator.clock().advance("30s");
      // @ts-expect-error there is no such option, which shows that there are types
      await createEmulator({ profil: "aws" }).catch((error: unknown) => error instanceof UsageError);
      return emulator.port;
    }`;

  test.for([
    ["node", "commonjs"],
    ["node16", "node16"],
    ["bundler", "esnext"],
  ])("in TypeScript with moduleResolution %s", async ([moduleResolution, module]) => {
    const compilerOptions = {
      ...{ module, moduleResolution, target: "es2022", strict: true, noEmit: true, types: ["node"] },
      ...{ skipLibCheck: false, lib: ["es2022", "esnext.disposable"], ignoreDeprecations: "6.0" },
    };
    const project = packed.project(
      `resolution-${moduleResolution}`,
      {
        "tsconfig.json": JSON.stringify({ compilerOptions, files: ["use.ts"] }),
        "use.ts": typed,
      },
      "@types",
      "@typescript",
      "@jest",
      "jest-environment-node",
    );
    expect(await project.program("@typescript/typescript6/bin/tsc6")).toBe("");
  });
});
