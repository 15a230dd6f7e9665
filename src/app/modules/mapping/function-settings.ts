import type { FunctionSettings } from "../../../engine/function/function.ts";
import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import { parseArn } from "../../../kernel/arn.ts";

/** How the function of that ARN is run, as it is qualified there; undefined when there is none. */
export function functionSettings(functions: FunctionDirectory, arn: string): FunctionSettings | undefined {
  const parts = parseArn(arn);
  const [, name = "", qualifier = ""] = parts?.resource.split(":") ?? [];
  const found = parts && functions.in(parts).find(name);
  if (found === undefined) return undefined;
  const alias = found.aliases.get(qualifier);
  const version = found.versions.get(alias?.version ?? qualifier) ?? found.latest;
  return version.settings;
}
