import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import { resolved } from "../../../engine/function/held-function.ts";
import { permits } from "../../../engine/function/permission.ts";
import type { QueuedEvent, QueueEvent } from "../../../engine/invocation.ts";
import { parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { HandOver } from "../../target/function.ts";
import { delivered, failed, refused } from "../../transport/attempt.ts";

interface HandOverDeps {
  readonly directory: Pick<FunctionDirectory, "in">;
  readonly queueEvent: QueueEvent;
}

const ACCEPTED = delivered(202);
const MISSING = refused("The function does not exist", 404);

/**
 * Hands events over to the functions that services invoke. AWS: one that does not exist, or whose resource policy does not let
 * the service invoke it, is a failure that time does not heal; what Lambda has no room for is tried again.
 */
export function handOverTo({ directory, queueEvent }: HandOverDeps): HandOver {
  return (job) => {
    const { functionArn, event, traceHeader, source } = job.payload;
    const found = functionAt(directory, functionArn);
    if (found === undefined) return MISSING;
    const policy = found.record.policies.get(found.qualifier);
    const caller = {
      principal: source.principal,
      sourceArn: source.arn,
      sourceAccount: scopeOfArn(source.arn).account,
    };
    if (!permits(policy, caller)) {
      return refused(
        `${source.principal} may not invoke the function for ${source.arn}: its resource policy does not say so (AddPermission)`,
        403,
      );
    }
    const origin = { source: source.arn, messageIds: [source.messageId] };
    const problem = taken(queueEvent, { functionArn, payload: event.text, traceId: traceHeader, ...origin });
    return problem === undefined ? ACCEPTED : failed(problem.message, job.retryPolicy, problem.status);
  };
}

/** Hands events over that functions themselves have sent to others when they are done; says why one could not be. */
export function invokeLater({ directory, queueEvent }: HandOverDeps): (event: QueuedEvent) => string | undefined {
  return (event) => {
    if (functionAt(directory, event.functionArn) === undefined) return MISSING.reason;
    return taken(queueEvent, event)?.message;
  };
}

/** The function of that ARN, and the name of its policy. */
function functionAt(directory: Pick<FunctionDirectory, "in">, functionArn: string) {
  const { resource = "", ...scope } = parseArn(functionArn) ?? { partition: "", region: "", account: "" };
  const [kind, name = "", qualifier] = resource.split(":");
  const record = kind === "function" ? directory.in(scope).find(name) : undefined;
  if (record === undefined || resolved(record, qualifier) === undefined) return undefined;
  return { record, qualifier: qualifier ?? "" };
}

/** Why Lambda does not take an event; undefined when it did. */
function taken(queueEvent: QueueEvent, event: QueuedEvent): AwsError | undefined {
  try {
    queueEvent(event);
    return undefined;
  } catch (cause) {
    if (cause instanceof AwsError) return cause;
    throw cause;
  }
}
