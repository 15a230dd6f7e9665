import { expect, test } from "vitest";
import { variablesOf } from "../../../src/runtime/process/variables.ts";
import { aDefinition } from "../../support/runtime.ts";

test("a function's clients come to the server past a proxy that the server's environment names, unless the function says otherwise", () => {
  const place = { logGroupName: "group", logStreamName: "stream" };
  const deps = {
    inherited: { HTTP_PROXY: "http://127.0.0.1:9", PATH: "/bin" },
    endpoint: () => "http://127.0.0.1:4566",
  };
  const launcher = { kind: "attach" } as const;
  expect(variablesOf(aDefinition(launcher), deps, place)).toMatchObject({ NO_PROXY: "127.0.0.1", PATH: "/bin" });
  const own = aDefinition(launcher, { variables: { NO_PROXY: "elsewhere" } });
  expect(variablesOf(own, deps, place)).toMatchObject({ NO_PROXY: "elsewhere", no_proxy: "127.0.0.1" });
});
