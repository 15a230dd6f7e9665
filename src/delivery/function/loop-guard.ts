import type { FunctionDirectory } from "../../engine/function/function-directory.ts";
import { firstPassed, MOST_PASSES, passedThrough, passesThrough } from "../../engine/function/lineage.ts";
import type { FunctionAnswer, InvokeFunction } from "../../engine/invocation.ts";
import { parseArn, scopeOfArn } from "../../kernel/arn.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";

interface GuardDeps {
  readonly functions: Pick<FunctionDirectory, "in">;
  readonly ids: Pick<Ids, "bytes">;
  readonly clockOf: (account: string) => Clock;
}

/** AWS: what RecursiveInvocationException says. */
const STOPPED: FunctionAnswer = {
  type: "recursive",
  reason:
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
};

/**
 * The same, but a function is not invoked with what went through it so often already, unless it is allowed to be. Trace headers
 * tell: a function is given one in which it is counted, and AWS's SDKs hand that on with what they send.
 */
export function guarded(invoke: InvokeFunction, { functions, ids, clockOf }: GuardDeps): InvokeFunction {
  return (call, signal) => {
    const { functionArn, traceId } = call;
    if (traceId === undefined) {
      const root = newTrace(ids, clockOf(scopeOfArn(functionArn).account).now());
      return invoke({ ...call, traceId: firstPassed(functionArn, root) }, signal);
    }
    if (passesThrough(functionArn, traceId) >= MOST_PASSES && !mayLoop(functions, functionArn)) {
      return Promise.resolve(STOPPED);
    }
    return invoke({ ...call, traceId: passedThrough(functionArn, traceId) }, signal);
  };
}

function mayLoop(functions: GuardDeps["functions"], functionArn: string): boolean {
  const [, name = ""] = parseArn(functionArn)?.resource.split(":") ?? [];
  return functions.in(scopeOfArn(functionArn)).find(name)?.recursion !== "Terminate";
}

/** A trace header for what comes without one. AWS: the root has the second and 12 random bytes. */
export function newTrace(ids: Pick<Ids, "bytes">, now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${ids.bytes(12).toString("hex")};Sampled=0`;
}
