import type { Condition, FunctionResponse, OwedEvent } from "./owed-event.ts";

type NewEvent = Pick<OwedEvent, "requestId" | "functionArn" | "payload" | "traceId" | "source" | "messageIds">;
type OfEvent = Pick<OwedEvent, "requestId">;

/** What can happen to the events that functions of an account and region are owed. Instants in epoch milliseconds. */
export type AsynchronousEvent = { readonly at: number } & (
  | ({ readonly type: "eventQueued" } & NewEvent)
  /** The function failed, and is to be run again. */
  | ({ readonly type: "eventRetried"; readonly dueAt: number; readonly response: FunctionResponse } & OfEvent)
  /** Nobody ran it, which is to be tried again. */
  | ({ readonly type: "eventPostponed"; readonly dueAt: number; readonly reason: string } & OfEvent)
  /** `Missing`: there is no such function any more. */
  | ({ readonly type: "eventEnded"; readonly condition: Condition | "Missing" } & OfEvent)
  | ({ readonly type: "eventKept" } & OwedEvent)
  | { readonly type: "eventsReset" }
);
