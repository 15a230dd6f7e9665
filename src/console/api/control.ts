import { Client, type Transport, written } from "../../testing/client.ts";
import type { AnswerAt, ControlPath } from "../../testing/control-table.ts";
import { account } from "../state/place.ts";

/** The answer of a control route that is asked by GET. */
export type Answer<Path extends ControlPath<"GET">> = AnswerAt<"GET", Path>;

/** The answer of one that is asked by POST. */
export type AnswerOfPost<Path extends ControlPath<"POST">> = AnswerAt<"POST", Path>;

const overFetch: Transport = async (request) => {
  const { method, url, body } = written(request);
  const response = await fetch(url, { method, body: body ?? null, signal: request.signal ?? null });
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, isJson, text: await response.text() };
};

/** Asks the control routes of the server that the page came from. */
export const control = new Client(overFetch, undefined);

export type Queue = Answer<"queues">["queues"][number];
export type Topic = Answer<"topics">["topics"][number];
export type Subscription = Answer<"subscriptions">["subscriptions"][number];
export type Stream = Answer<"streams">["streams"][number];
export type LambdaFunction = Answer<"functions">["functions"][number];
export type EventSourceMapping = Answer<"event-source-mappings">["mappings"][number];
export type Invocation = Answer<"invocations">["invocations"][number];
export type ApiCall = Answer<"calls">["calls"][number];
export type OutboxMessage = Answer<"outbox">["messages"][number];

/** A listing is shown up to so many items. */
const MOST_LISTED = 10_000;

/** The items of a listing for the account that is looked at, in every region. */
export function listed<Path extends ControlPath<"GET">, Member extends keyof AnswerAt<"GET", Path>>(
  path: Path,
  member: Member,
  signal: AbortSignal,
): Promise<AnswerAt<"GET", Path>[Member]> {
  const inputs = { account: account.value, limit: MOST_LISTED };
  return control.list([path, member], inputs as unknown as Parameters<typeof control.list<Path, Member>>[1], {
    signal,
  });
}
