import type { AsynchronousDirectory } from "../../../engine/function/asynchronous/asynchronous-directory.ts";
import type { StandingEvent } from "../../../engine/function/asynchronous/asynchronous-state.ts";
import { pageOf, placeIn } from "../../../fixture/page.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import type { ReadFunctionEvents } from "../../../server/control/routes/function/function-events.ts";

type Query = Parameters<ReadFunctionEvents>[0];

interface Found extends StandingEvent {
  readonly scope: Scope;
}

/** Who knows what functions are owed. */
interface FunctionEventDeps {
  readonly directory: Pick<AsynchronousDirectory, "within">;
  readonly clockOf: (account: string) => Clock;
}

/** A page of the events that meet the query. Looks at all of them, and at those of the pages before. Throws FixtureRefusal. */
export function functionEventLines(
  { directory, clockOf }: FunctionEventDeps,
  query: Query,
): ReturnType<ReadFunctionEvents> {
  const { items, next } = pageOf({
    found: meeting(directory, query),
    limit: query.limit,
    placeOf: ({ scope, order }) => [scopeKey(scope), order],
    show: (found) => lineOf(found, clockOf(found.scope.account).now()),
  });
  return { events: items, next };
}

function* meeting(directory: FunctionEventDeps["directory"], query: Query): Generator<Found, void, void> {
  const [behindScope, behind] = query.next === undefined ? [""] : placeIn(query.next, ["string", "number"]);
  for (const events of directory.within(query)) {
    const key = scopeKey(events.scope);
    if (key < String(behindScope)) continue;
    for (const standing of events.all(key === behindScope ? Number(behind) : undefined)) {
      if (isMeant(standing.event.functionArn, query.function)) yield { ...standing, scope: events.scope };
    }
  }
}

/** Whether a function, with a qualifier or without, is the one of that name or ARN. */
function isMeant(functionArn: string, wanted: string | undefined): boolean {
  if (wanted === undefined || functionArn === wanted) return true;
  const parts = functionArn.split(":");
  return parts[6] === wanted || parts.slice(0, 7).join(":") === wanted;
}

function lineOf({ event, waits, scope }: Found, now: number) {
  const { requestId, functionArn, acceptedAt, dueAt, attempts: failures, payload } = event;
  return {
    ...{ requestId, functionArn, account: scope.account, region: scope.region, failures },
    acceptedAt: formatIso8601(acceptedAt),
    ageSeconds: (now - acceptedAt) / 1000,
    state: waits ? ("waiting" as const) : ("attempted" as const),
    payloadBytes: Buffer.byteLength(payload),
    ...(waits && { nextAttemptTime: formatIso8601(dueAt) }),
  };
}
