import { type JsonObject, parseJsonObject } from "../../../kernel/json-object.ts";
import { statementsOf } from "../../policy-statement.ts";
import type { QueueContext } from "../operation.ts";
import { setAttributes } from "./set-attributes.ts";

/** The queue's policy; one without statements when it has none. */
export function policyOf({ queue }: QueueContext): JsonObject {
  const empty = { Version: "2008-10-17", Id: `${queue.arn}/SQSDefaultPolicy`, Statement: [] };
  return parseJsonObject(queue.attributes.Policy) ?? empty;
}

/** Gives the queue another policy; none at all when no statement is left in it. */
export function setPolicy(context: QueueContext, policy: JsonObject): void {
  setAttributes(context, { Policy: statementsOf(policy).length === 0 ? "" : JSON.stringify(policy) });
}
