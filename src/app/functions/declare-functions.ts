import type { FunctionDirectory } from "../../engine/function/function-directory.ts";
import { AwsError } from "../../kernel/aws-error.ts";
import { scopeOf } from "../../kernel/scope.ts";
import { UsageError } from "../settings/config.ts";
import type { Config } from "../settings/settings.ts";
import type { GivenFunctions } from "./function-options.ts";
import { type DeclaredFunction, readFunction, readFunctionText } from "./read-function.ts";

interface DeclaringDeps {
  readonly config: Pick<Config, "function" | "account" | "region">;
  /** What a program gives. */
  readonly given: GivenFunctions | undefined;
  readonly functions: Pick<FunctionDirectory, "in">;
}

/** Makes the functions that flags and programs declare, or has those be so that are there already. Throws UsageError. */
export function declareFunctions({ config, given = {}, functions }: DeclaringDeps): void {
  const declared = [
    ...(config.function ?? []).map(readFunctionText),
    ...Object.entries(given).map(([name, one]) => readFunction(name, one)),
  ];
  for (const { account = config.account, region = config.region, ...one } of declared) {
    makeFunction(functions.in(scopeOf(account, region)), one);
  }
}

/** Makes a function, or has it be so if it is there already. Throws UsageError. */
export function makeFunction(
  functions: ReturnType<FunctionDirectory["in"]>,
  { name, settings, code, reservedConcurrency }: Omit<DeclaredFunction, "account" | "region">,
): void {
  if (functions.find(name) === undefined) functions.create({ name, settings, code, tags: {} });
  else functions.update(name, { settings, code });
  if (reservedConcurrency === undefined) return;
  try {
    functions.reserve(name, reservedConcurrency);
  } catch (cause) {
    throw cause instanceof AwsError ? new UsageError(`the function ${name}: ${cause.message}`) : cause;
  }
}
