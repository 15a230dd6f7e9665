import type { FunctionSettings } from "../../../engine/function/function.ts";

/** What a new function's settings begin with. AWS: CreateFunction's defaults. */
export function defaultSettings(name: string, role: string): FunctionSettings {
  return {
    role,
    description: "",
    timeoutMs: 3000,
    memoryMb: 128,
    packageType: "Zip",
    architecture: "x86_64",
    logging: { format: "Text", group: `/aws/lambda/${name}` },
    shown: {
      TracingConfig: { Mode: "PassThrough" },
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None" },
    },
  };
}
