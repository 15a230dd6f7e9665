import { AwsError } from "../../../kernel/aws-error.ts";
import type { Json, JsonMap } from "../../template/value.ts";
import { refusedCall } from "../apply/failure-reason.ts";
import { textOfDocument } from "../document.ts";
import { physicalName } from "../physical-name.ts";
import { list, map, required, text, texts, whole } from "../property.ts";
import {
  type Made,
  ResourceCancelled,
  type ResourceContext,
  ResourceFailure,
  type ResourceType,
  type Wanted,
} from "../resource-type.ts";
import { tagList } from "../tags.ts";

const MAX_NAME = 128;
const LOOK_EVERY_MS = 1000;
const MOST_LOOKS = 3600;
/** How a stack whose update failed becomes what it was, by its status. */
const WAYS_BACK: Readonly<Record<string, string | undefined>> = {
  UPDATE_FAILED: "RollbackStack",
  UPDATE_ROLLBACK_FAILED: "ContinueUpdateRollback",
};
/** A template that is nested may need whatever its parent was allowed. */
const CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];

/** AWS::CloudFormation::Stack. Ref returns its ARN, `Outputs.<key>` are its attributes. */
export const nestedStack: ResourceType = {
  properties: {
    NotificationARNs: texts,
    Parameters: map,
    Tags: list,
    TemplateURL: required(text),
    TimeoutInMinutes: whole,
  },
  attributes: ["Outputs"],
  isOwn: true,
  mayAnswerAnew: true,
  isTagged: true,
  async create(context, wanted) {
    await checkTold(context, wanted.properties);
    const StackName = physicalName(context, { maxLength: MAX_NAME });
    const input = {
      ...inputOf(wanted),
      StackName,
      ...present({ TimeoutInMinutes: wanted.properties.TimeoutInMinutes }),
    };
    const { StackId = "" } = await context.operate("cloudformation CreateStack", input);
    context.initiated?.(String(StackId));
    // It goes with the rollback of its parent, whatever has become of it by then.
    return settled(context, String(StackId), { how: "created", isLeft: () => true });
  },
  async update(context, { physicalId: StackName, after }) {
    await checkTold(context, after.properties);
    const wayBack = WAYS_BACK[await statusOf(context, StackName)];
    if (wayBack !== undefined) {
      await context.operate(`cloudformation ${wayBack}`, { StackName });
      await over(context, StackName);
    }
    try {
      await context.operate("cloudformation UpdateStack", { ...inputOf(after), StackName });
    } catch (cause) {
      const isSame = cause instanceof AwsError && cause.message === "No updates are to be performed.";
      if (isSame) return madeOf(StackName, await described(context, StackName));
      throw (await statusOf(context, StackName)) === "UPDATE_ROLLBACK_FAILED" ? leftBy(cause, StackName) : cause;
    }
    // What went back to what it was needs not be undone by its parent.
    return settled(context, StackName, { how: "updated", isLeft: (status) => status.endsWith("FAILED") });
  },
  async delete(context, { physicalId: StackName }) {
    await context.operate("cloudformation DeleteStack", { StackName });
    await settled(context, StackName, { how: "deleted" });
  },
};

/** Throws ResourceFailure for a template that no URL leads to, and for topics that are not there. */
async function checkTold({ operate, ids }: ResourceContext, { TemplateURL, NotificationARNs }: JsonMap): Promise<void> {
  // AWS: without http://, which leads to this server.
  if (!/^https?:/.test(String(TemplateURL))) {
    throw new ResourceFailure(undefined, "The location for an Amazon S3 bucket must start with https://");
  }
  for (const TopicArn of Array.isArray(NotificationARNs) ? (NotificationARNs as readonly Json[]) : []) {
    try {
      await operate("sns GetTopicAttributes", { TopicArn });
    } catch (cause) {
      throw refusedCall(cause, "AmazonSNS", ids);
    }
  }
}

function inputOf({ properties, tags }: Wanted): JsonMap {
  const { TemplateURL = "", Parameters = {}, NotificationARNs } = properties;
  const values = Object.entries(Parameters as JsonMap).map(([ParameterKey, value]) => ({
    ParameterKey,
    // AWS: lists are joined by commas.
    ParameterValue: Array.isArray(value) ? value.map(String).join(",") : (textOfDocument(value) ?? ""),
  }));
  return {
    TemplateURL,
    Parameters: values,
    Tags: tagList(tags),
    Capabilities: CAPABILITIES,
    ...present({ NotificationARNs }),
  };
}

function present(members: Readonly<Record<string, Json | undefined>>): JsonMap {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** What is said of a stack that did not become what it should, and whether its parent has to undo it. */
interface Outcome {
  readonly how: string;
  readonly isLeft?: (status: string) => boolean;
}

/** The stack once nothing happens to it any more. Throws ResourceFailure unless that went well. */
async function settled(context: ResourceContext, StackName: string, outcome: Outcome): Promise<Made> {
  const { how, isLeft } = outcome;
  try {
    const stack = await over(context, StackName);
    const status = String(stack.StackStatus);
    if (isWell(status)) return madeOf(StackName, stack);
    const text = await failureText(context, { StackName, stack, how });
    throw new ResourceFailure("GeneralServiceException", text, isLeft?.(status) ? StackName : undefined);
  } catch (cause) {
    throw cause instanceof ResourceCancelled && isLeft !== undefined ? new ResourceCancelled(StackName) : cause;
  }
}

/** The stack once nothing happens to it any more, however it is then. */
async function over(context: ResourceContext, StackName: string): Promise<JsonMap> {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const stack = await described(context, StackName);
    if (!String(stack.StackStatus).endsWith("IN_PROGRESS")) return stack;
    if (!context.cancelled?.aborted) await context.wait(LOOK_EVERY_MS, context.cancelled);
    if (context.cancelled?.aborted) throw new ResourceCancelled();
  }
  throw new ResourceFailure("NotStabilized", `Embedded stack ${StackName} did not stabilize.`);
}

async function described({ operate }: ResourceContext, StackName: string): Promise<JsonMap> {
  const { Stacks } = await operate("cloudformation DescribeStacks", { StackName });
  const [stack = {}] = Stacks as readonly JsonMap[];
  return stack;
}

async function statusOf(context: ResourceContext, StackName: string): Promise<string> {
  return String((await described(context, StackName)).StackStatus);
}

/** A refusal to change a stack that is not what it was. */
function leftBy(cause: unknown, StackName: string): unknown {
  return cause instanceof AwsError ? new ResourceFailure("InvalidRequest", cause.message, StackName) : cause;
}

function isWell(status: string): boolean {
  return status.endsWith("_COMPLETE") && !status.includes("ROLLBACK");
}

function madeOf(physicalId: string, { Outputs }: JsonMap): Made {
  const outputs = Array.isArray(Outputs) ? (Outputs as readonly JsonMap[]) : [];
  const values = outputs.map(({ OutputKey, OutputValue = "" }) => [String(OutputKey), OutputValue] as const);
  return { physicalId, attributes: { Outputs: Object.fromEntries(values) } };
}

/** AWS: the reason is that of the rollback, which a stack that has been rolled back does not show any more. */
async function failureText(
  { operate }: ResourceContext,
  { StackName, stack, how }: { readonly StackName: string; readonly stack: JsonMap; readonly how: string },
): Promise<string> {
  let reason = stack.StackStatusReason;
  if (reason === undefined) {
    const { StackEvents } = await operate("cloudformation DescribeStackEvents", { StackName });
    const own = (StackEvents as readonly JsonMap[]).filter((event) => event.PhysicalResourceId === StackName);
    reason = own.find((event) => String(event.ResourceStatus).endsWith("ROLLBACK_IN_PROGRESS"))?.ResourceStatusReason;
  }
  return `Embedded stack ${StackName} was not successfully ${how}: ${String(reason ?? "")}`;
}
