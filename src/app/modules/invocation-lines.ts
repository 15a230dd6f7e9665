import type { InvocationLog, LoggedInvocation } from "../../delivery/function/invocation-log.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import type { ReadInvocations } from "../../server/control/routes/why/invocations.ts";

/** Reads the log of invocations as it is shown. */
export function invocationLines(log: InvocationLog): ReadInvocations {
  return ({ next, ...query }) => {
    const page = log.page({ ...query, after: next === undefined ? undefined : Number(next) });
    return { invocations: page.invocations.map(shown), next: page.next?.toString() };
  };
}

function shown({ startedAt, functionArn, cause, ...invocation }: LoggedInvocation) {
  const { requestId, outcome, durationMs, eventBytes, event, log, executedVersion, response, reason } = invocation;
  return {
    time: formatIso8601(startedAt),
    account: scopeOfArn(functionArn).account,
    functionArn,
    requestId,
    cause: cause.kind,
    source: cause.source,
    messageIds: cause.messageIds,
    ...{ outcome, executedVersion, durationMs, eventBytes, event, response, reason, log },
  };
}
