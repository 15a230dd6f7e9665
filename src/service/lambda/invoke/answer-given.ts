import { LATEST } from "../../../engine/function/function.ts";
import { functionNotFound } from "../../../engine/function/function-book.ts";
import type { FunctionAnswer, FunctionCall, InvokeFunction } from "../../../engine/invocation.ts";
import { parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import { onAbort } from "../../../kernel/event/on-abort.ts";
import { Service, TooManyRequests } from "../errors.ts";
import { RecursiveInvocation } from "./invoke-errors.ts";

/** What a function has answered with, be it an error of its own. */
export type Answered = Extract<FunctionAnswer, { readonly type: "answered" | "failed" }>;

/** Functions run on for a caller who has hung up, as on AWS. */
const never = new AbortController().signal;

/** Invokes a function and waits for it, as long as the caller does. Throws as `answered`. */
export async function invokeFor(invoke: InvokeFunction, call: FunctionCall, signal: AbortSignal): Promise<Answered> {
  let stopListening = (): void => {};
  const isGone = new Promise<FunctionAnswer>((resolve) => {
    stopListening = onAbort(signal, () => resolve({ type: "stopped" }));
  });
  try {
    return answered(await Promise.race([invoke(call, never), isGone]), call);
  } finally {
    stopListening();
  }
}

/** What the function has answered. Throws TooManyRequests, ResourceNotFound, RecursiveInvocation and ServiceException when it has not. */
function answered(answer: FunctionAnswer, { functionArn }: FunctionCall): Answered {
  switch (answer.type) {
    case "answered":
    case "failed":
      return answer;
    case "throttled":
      throw new TooManyRequests(answer.reason);
    case "missing": {
      const [, name = "", qualifier = LATEST] = parseArn(functionArn)?.resource.split(":") ?? [];
      throw functionNotFound(scopeOfArn(functionArn), name, qualifier);
    }
    case "recursive":
      throw new RecursiveInvocation(answer.reason);
    case "unreachable":
      throw new Service(answer.reason);
    case "stopped":
      throw new Service("The invocation was given up.");
  }
}
