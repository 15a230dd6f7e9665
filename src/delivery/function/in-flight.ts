import type { FunctionRecord } from "../../engine/function/function.ts";
import type { Functions } from "../../engine/function/functions.ts";
import type { ThrottleReason } from "../../engine/invocation.ts";
import { oncePer } from "../../kernel/collection/once-per.ts";

/** The concurrency of an account and region that is used at a time. */
interface Used {
  readonly byFunction: Map<string, number>;
  /** By functions that have none reserved. */
  unreserved: number;
}

/** How many invocations run at a time. What is not running leaves nothing behind. */
export class InFlight {
  readonly #usedIn = oncePer((_functions: Functions): Used => ({ byFunction: new Map(), unreserved: 0 }));

  /** Counts an invocation, and returns what ends the count; or says why there is none. AWS: Lambda function scaling. */
  begin(functions: Functions, { name, reservedConcurrency }: FunctionRecord): (() => void) | ThrottleReason {
    const used = this.#usedIn(functions);
    const running = used.byFunction.get(name) ?? 0;
    if (reservedConcurrency !== undefined && running >= reservedConcurrency) {
      return "ReservedFunctionConcurrentInvocationLimitExceeded";
    }
    const isReserved = reservedConcurrency !== undefined;
    if (!isReserved && used.unreserved >= functions.unreserved) return "ConcurrentInvocationLimitExceeded";
    used.byFunction.set(name, running + 1);
    if (!isReserved) used.unreserved++;
    return () => {
      const left = (used.byFunction.get(name) ?? 1) - 1;
      if (left > 0) used.byFunction.set(name, left);
      else used.byFunction.delete(name);
      if (!isReserved) used.unreserved--;
    };
  }
}
