import type { Topic } from "../../../engine/topic/topic.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { listOf, statementsOf } from "../../policy-statement.ts";
import { invalid } from "../errors.ts";
import type { Refusal } from "../refusal.ts";

/** What the owner of a topic can allow, without the prefix. Developer guide, access policy language; `Receive` is of old. */
const TOPIC_ACTIONS: readonly string[] = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
  "Receive",
  "GetDataProtectionPolicy",
  "PutDataProtectionPolicy",
  "ListTagsForResource",
];

/** What a permission can allow, without the prefix. API_AddPermission. */
export const grantableActions: readonly string[] = [...TOPIC_ACTIONS, "*"];

/** What the statements of a policy can be about, in small letters. AWS: no wildcards, `sns:*` least of all. */
const POLICY_ACTIONS: ReadonlySet<string> = new Set(TOPIC_ACTIONS.map((action) => `sns:${action.toLowerCase()}`));

const MAX_BYTES = 30_720;
const MAX_STATEMENTS = 100;

/** What is wrong with a policy that has actions of another service, or none that topics know. */
export const OUT_OF_SCOPE = "Policy statement action out of service scope!";
/** AWS: this is all it says about a document that is no policy. */
const NO_POLICY = "Policy Error: null";

interface Owned {
  readonly arn: string;
  readonly scope: Pick<Scope, "account">;
}

/** What a topic has that was given no other policy. Members in the order AWS prints them. */
export function defaultPolicy({ arn, scope }: Owned): JsonObject {
  return {
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: TOPIC_ACTIONS.slice(0, 8).map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": scope.account } },
      },
    ],
  };
}

/** The policy's text, unchanged. Refuses what is no policy of a topic. */
export function checkTopicPolicy(text: string, refusal: Refusal): string {
  const policy = parseJsonObject(text);
  if (policy === undefined || isTooLarge(policy, text)) return refusal.value(NO_POLICY);
  const statements = statementsOf(policy);
  if (statements.length === 0) refusal.value(NO_POLICY);
  for (const statement of statements) checkStatement(statement, refusal);
  return text;
}

/** Whether a policy, of that text, is more than a topic can have. Developer guide, access policy language. */
function isTooLarge(policy: JsonObject, text: string): boolean {
  return Buffer.byteLength(text) > MAX_BYTES || statementsOf(policy).length > MAX_STATEMENTS;
}

function checkStatement(statement: unknown, refusal: Refusal): void {
  if (!isJsonObject(statement) || (statement.Effect !== "Allow" && statement.Effect !== "Deny")) {
    return refusal.value(NO_POLICY);
  }
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) refusal.value(NO_POLICY);
  const actions = listOf(statement.Action ?? statement.NotAction);
  if (actions.length === 0) refusal.value(NO_POLICY);
  if (!actions.every(isTopicAction)) refusal.value(OUT_OF_SCOPE);
}

function isTopicAction(action: unknown): boolean {
  return typeof action === "string" && POLICY_ACTIONS.has(action.toLowerCase());
}

/** The topic's policy, which it has from the start. */
export function policyOf(topic: Topic): JsonObject {
  return parseJsonObject(topic.definition.attributes.Policy) ?? defaultPolicy(topic);
}

/** Gives the topic another policy. Throws InvalidParameter when it is too large. */
export function setPolicy(topic: Topic, policy: JsonObject): void {
  const { definition } = topic;
  const Policy = JSON.stringify(policy);
  if (isTooLarge(policy, Policy)) throw invalid(NO_POLICY); // AWS's words are not known
  topic.configure({ ...definition, attributes: { ...definition.attributes, Policy } });
}
