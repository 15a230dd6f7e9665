import { parseArn } from "../../kernel/arn.ts";
import type { Client } from "../../testing/client.ts";
import { WaystationError } from "../../testing/waystation-error.ts";
import type { Call } from "../command.ts";
import { CommandFailure, misuse } from "../failure.ts";
import { type ResourceKind, resourceKinds } from "../resource-kinds.ts";
import type { AwsScope } from "./aws.ts";
import { type Where, whereOf } from "./where.ts";

/** A queue, topic or stream that is there. */
export interface Found extends AwsScope {
  readonly kind: ResourceKind;
  readonly arn: string;
  readonly name: string;
}

const ARN_OF: Readonly<
  Record<ResourceKind, (client: Client, name: string, where: Where) => Promise<string | undefined>>
> = {
  queue: async (client, queue, where) =>
    (await client.call("GET", "queues", { queue, ...where, limit: 1 })).queues[0]?.arn,
  topic: async (client, topic, where) =>
    (await client.call("POST", "topics/match", { topic, message: "", ...where, limit: 1 })).topicArn,
  stream: async (client, stream, where) =>
    (await client.call("GET", "streams/records", { stream, ...where, limit: 1 })).streamArn,
};

const KIND_OF_SERVICE: Readonly<Record<string, ResourceKind>> = { sqs: "queue", sns: "topic", kinesis: "stream" };

/** The one queue, topic or stream that a name, a URL or an ARN means. Throws CommandFailure. */
export async function find(
  call: Pick<Call, "client" | "flags" | "environment">,
  text: string,
  kinds = resourceKinds as readonly ResourceKind[],
): Promise<Found> {
  const where = whereOf(call, text);
  const asked = kindsOf(text, kinds, call.flags.text("as"));
  const answers = await Promise.all(asked.map((kind) => tried(kind, () => ARN_OF[kind](call.client, text, where))));
  const found = answers.flatMap((answer) => ("arn" in answer ? [answer] : []));
  const [only, other] = found;
  if (other !== undefined)
    throw misuse(`"${text}" is a ${found.map(({ kind }) => kind).join(" and a ")}; say which with --as`);
  if (only !== undefined) return only;
  const refusals = answers.flatMap((answer) => ("refusal" in answer ? [answer.refusal] : []));
  throw refusals.length === 1 ? (refusals[0] as WaystationError) : new CommandFailure(noneText(text, asked, refusals));
}

async function tried(
  kind: ResourceKind,
  find: () => Promise<string | undefined>,
): Promise<Found | { readonly refusal: WaystationError }> {
  try {
    const arn = (await find()) ?? "";
    const { account = "", region = "", resource = "" } = parseArn(arn) ?? {};
    return { kind, arn, account, region, name: resource.slice(resource.lastIndexOf("/") + 1) };
  } catch (cause) {
    if (!(cause instanceof WaystationError)) throw cause;
    return { refusal: cause };
  }
}

function kindsOf(text: string, kinds: readonly ResourceKind[], as: string | undefined): readonly ResourceKind[] {
  if (as !== undefined) {
    const kind = kinds.find((one) => one === as);
    if (kind === undefined) throw misuse(`--as is ${kinds.join(", ")}, not "${as}"`);
    return [kind];
  }
  const kind = KIND_OF_SERVICE[parseArn(text)?.service ?? ""] ?? (text.includes("/") ? "queue" : undefined);
  return kind === undefined || !kinds.includes(kind) ? kinds : [kind];
}

/** What is said of a name where there is nothing more to say; where it was looked for stands at the end. */
const JUST_NONE = /^There is no \w+ "[^"]*"( in [\w/-]+)?\.$/;

/** What was wrong with each, unless it is just that there is none. */
function noneText(text: string, asked: readonly ResourceKind[], refusals: readonly WaystationError[]): string {
  const telling = refusals.filter(({ status, message }) => status !== 404 || !JUST_NONE.test(message));
  if (telling.length > 0) return telling.map(({ message }) => message).join(" ");
  const where = JUST_NONE.exec(refusals[0]?.message ?? "")?.[1] ?? "";
  return `There is no ${asked.slice(0, -1).join(", ")} or ${asked.at(-1)} "${text}"${where}.`;
}
