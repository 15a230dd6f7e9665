import type { FunctionCode, FunctionSettings } from "../../src/engine/function/function.ts";

/** How a function is run when a test does not care. */
export const SETTINGS: FunctionSettings = {
  role: "arn:aws:iam::000000000000:role/run",
  runtime: "nodejs22.x",
  handler: "index.handler",
  description: "",
  timeoutMs: 3000,
  memoryMb: 128,
  packageType: "Zip",
  architecture: "x86_64",
  logging: { format: "Text", group: "/aws/lambda/f" },
  shown: {},
};

/** A zip file of ten bytes, told from others by its key. */
export function archive(key: string): FunctionCode {
  return { kind: "archive", key, sha256: `sha of ${key}`, bytes: 10 };
}
