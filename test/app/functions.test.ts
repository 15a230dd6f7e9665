import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/app/emulator.ts";
import { arnOf } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller, lambdaClient } from "../support/lambda-server.ts";
import { CodeFolder } from "../support/runtime.ts";

async function aServerWith(options: EmulatorOptions) {
  const emulator = await aLambdaServer(options);
  const { invoke } = new FunctionCaller(emulator);
  return { emulator, invoke: invoke.bind(new FunctionCaller(emulator)) };
}

test("a handler of this process is a function, which others see as any", async () => {
  const seen: unknown[] = [];
  const handler = async (event: { readonly n: number }, context: { readonly invokedFunctionArn: string }) => {
    seen.push(context.invokedFunctionArn);
    if (event.n < 0) throw new RangeError("below 0");
    return event.n * 2;
  };
  const { emulator, invoke } = await aServerWith({ functions: { f: handler } });
  await using _closed = emulator;
  expect((await invoke({ n: 21 })).value).toBe(42);
  const failed = await invoke({ n: -1 });
  expect([failed.error, failed.value.errorType, failed.value.errorMessage]).toEqual([
    "Unhandled",
    "RangeError",
    "below 0",
  ]);
  expect(seen).toEqual([arnOf("f"), arnOf("f")]);
  const { Configuration } = await lambdaClient(emulator).send(new GetFunctionCommand({ FunctionName: "f" }));
  expect(Configuration).toMatchObject({ FunctionArn: arnOf("f"), State: "Active", Timeout: 3 });
});

test("--function has code run where it lies, in the language of its file", async () => {
  using folder = new CodeFolder({
    "src/index.mjs": "export const handler = async () => process.env.AWS_LAMBDA_FUNCTION_NAME;",
    "app.py": "def handler(event, context):\n  return event",
  });
  const { emulator, invoke } = await aServerWith({
    function: [`f=${folder.path}:src/index.handler`, `g=${folder.path}:app.handler`],
  });
  await using _closed = emulator;
  expect((await invoke()).value).toBe("f");
  expect((await invoke({ a: 1 }, { FunctionName: "g" })).value).toEqual({ a: 1 });
});

test("a command of one's own and a URL are functions, with settings, account and region", async () => {
  using folder = new CodeFolder({
    "index.js": "exports.handler = async () => [process.env.OWN, process.env.AWS_REGION];",
  });
  const options = { directory: folder.path, handler: "index.handler", environment: { OWN: "1" }, timeout: 30 };
  const { emulator, invoke } = await aServerWith({
    functions: {
      f: { ...options, memory: 256, reservedConcurrency: 0 },
      g: { command: [process.execPath, "-e", "process.exit(3)"], directory: folder.path },
      h: { url: "http://127.0.0.1:1/" },
      elsewhere: { ...options, account: "111111111111", region: "eu-west-1" },
    },
  });
  await using _closed = emulator;
  await expect(invoke()).rejects.toMatchObject({ Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  const ended = await invoke({}, { FunctionName: "g" });
  expect(ended.value.errorMessage).toMatch(/exit status 3$/);
  await expect(invoke({}, { FunctionName: "h" })).rejects.toMatchObject({ name: "ServiceException" });
  await expect(invoke({}, { FunctionName: "elsewhere" })).rejects.toThrow("Function not found");
  const [own] = await emulator.invocations({ function: "g" });
  expect(own?.outcome).toBe("failed");
});

describe("what cannot be a function is refused when it is declared", () => {
  test.for<[what: string, options: EmulatorOptions, text: string | RegExp]>([
    ["no way to run it", { functions: { f: {} } }, "it has a directory, a command, attach or a url, one of them"],
    ["two ways", { functions: { f: { url: "http://a", attach: true } } }, "one of them"],
    ["no directory", { function: ["f=/nowhere:index.handler"] }, "the function f: there is no directory /nowhere"],
    ["no file", { function: [`f=${import.meta.dirname}:index.handler`] }, "there is neither index.js nor index.py in"],
    ["no URL", { functions: { f: { url: "localhost" } } }, "localhost is no URL"],
    ["no number", { functions: { f: { url: "http://a", timeout: 901 } } }, "timeout is a whole number from 1 to 900"],
    [
      "a stranger",
      { functions: { f: { handlr: "a.b" } as object } },
      "there is no option handlr; did you mean handler?",
    ],
    ["a bad name", { functions: { "f g": { url: "http://a" } } }, "its name has 1 to 64 letters"],
  ])("%s", async ([, options, text]) => {
    await expect(aLambdaServer(options)).rejects.toThrow(text);
  });
});
