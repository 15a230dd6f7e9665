import type { FunctionCode, FunctionRecord } from "../../engine/function/function.ts";
import type { FunctionDirectory } from "../../engine/function/function-directory.ts";
import { scopeOf } from "../../kernel/scope.ts";
import type { DescribedFunction } from "../../provisioning/apply/function/placed-function.ts";
import type { Place } from "../../provisioning/operate.ts";
import { defaultSettings } from "../../service/lambda/function/new-settings.ts";
import { runtimeOf } from "./read-function.ts";

/** The functions of an account and region, by name, as a file declares them. */
export function describeFunctions(
  directory: Pick<FunctionDirectory, "in">,
  { account, region }: Place,
): readonly DescribedFunction[] {
  return [...directory.in(scopeOf(account, region)).list()].map(describedFunction);
}

function describedFunction(record: FunctionRecord): DescribedFunction {
  const { name, latest } = record;
  const way = wayOf(latest.code);
  if (typeof way === "string") return { name, flaw: way };
  const { settings } = latest;
  const { timeoutMs, memoryMb } = defaultSettings(name, settings.role);
  const { handler, runtime, environment } = settings;
  const options = { ...way, ...(handler !== undefined && { handler }) };
  return {
    name,
    options: {
      ...options,
      ...(runtime !== undefined && runtime !== foundRuntime(options) && { runtime }),
      ...(settings.timeoutMs !== timeoutMs && { timeout: settings.timeoutMs / 1000 }),
      ...(settings.memoryMb !== memoryMb && { memory: settings.memoryMb }),
      ...(environment !== undefined && Object.keys(environment).length > 0 && { environment }),
      ...(record.reservedConcurrency !== undefined && { reservedConcurrency: record.reservedConcurrency }),
    },
  };
}

/** What runs it, or why a file cannot say so. */
function wayOf(code: FunctionCode): Readonly<Record<string, unknown>> | string {
  switch (code.kind) {
    case "directory":
      return { directory: code.path };
    case "command":
      return { command: code.command, directory: code.path };
    case "attach":
      return { attach: code.port ?? true };
    case "url":
      return { url: code.url };
    case "archive":
      return "it is a zip file, and a file names directories";
    case "image":
      return "it is an image";
    case "inline":
      return "it is a handler of a program";
  }
}

/** What the code itself says its runtime is, if it is there to say so. */
function foundRuntime(options: Parameters<typeof runtimeOf>[0]): string | undefined {
  try {
    return runtimeOf(options, (complaint) => {
      throw new Error(complaint);
    });
  } catch {
    return undefined;
  }
}
