import { ANY } from "../../template/plan/applied.ts";
import type { Json, JsonMap } from "../../template/value.ts";
import { stub } from "../accepted/stub.ts";
import { isMissing, refusedCall } from "../apply/failure-reason.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, required, text } from "../property.ts";
import {
  type Made,
  ResourceCancelled,
  type ResourceContext,
  ResourceFailure,
  type ResourceType,
} from "../resource-type.ts";
import { makerBehind } from "./maker.ts";

/** AWS: an hour, unless the resource says otherwise. */
const USUAL_SECONDS = 3600;
/** AWS takes four hours, though its documentation says one. */
const MOST_SECONDS = 14_400;

/** What whoever makes a custom resource is asked for. Custom resource request objects, CloudFormation user guide. */
interface Wish {
  readonly RequestType: "Create" | "Update" | "Delete";
  readonly properties: JsonMap;
  readonly before?: JsonMap;
  readonly physicalId?: string;
}

/**
 * AWS::CloudFormation::CustomResource and Custom::*. Ref returns what its maker calls it, Fn::GetAtt what that answers. Where stubs are
 * wanted, one stands for a resource whose maker is not there, or fails without an answer.
 */
export const customResource: ResourceType = {
  properties: { ServiceToken: createOnly(required(text)) },
  takesAny: true,
  attributes: undefined,
  isOwn: true,
  mayAnswerAnew: true,
  async create(context, wanted) {
    const made = await ask(context, { RequestType: "Create", properties: wanted.properties });
    return made ?? stub.create(context, wanted);
  },
  async update(context, { physicalId, attributes, before, after }) {
    const same = { physicalId, attributes };
    if (isStub(same)) return same;
    const wish = { properties: after.properties, before: before.properties, physicalId };
    return (await ask(context, { RequestType: "Update", ...wish })) ?? same;
  },
  async delete(context, { physicalId, attributes, properties }) {
    if (isStub({ physicalId, attributes })) return;
    await ask(context, { RequestType: "Delete", properties, physicalId });
  },
};

function isStub({ attributes }: Made): boolean {
  return Object.hasOwn(attributes, ANY);
}

/**
 * What the maker answers; undefined when there is no answer, and stubs are wanted. AWS: one that was asked to make or to change something
 * and failed is asked to undo it.
 */
async function ask(context: ResourceContext, wish: Wish): Promise<Made | undefined> {
  const { callbacks, ids, unknown } = context;
  const { ServiceToken = "", ServiceTimeout = USUAL_SECONDS } = wish.properties;
  const timeoutMs = secondsOf(ServiceTimeout) * 1000;
  // AWS: what was made without an id of its own has one like others. Its form is not known of AWS.
  const idUnlessGiven = wish.physicalId ?? physicalName(context);
  const ResponseURL = callbacks.open();
  const RequestId = ids.uuid();
  try {
    await asked(context, requestOf(context, wish, { ServiceToken, ResponseURL, RequestId }));
  } catch (cause) {
    callbacks.close(ResponseURL);
    if (unknown === "stub" && isMissing(cause)) return undefined;
    throw cause;
  }
  const heard = await callbacks.answerAt(ResponseURL, timeoutMs).catch((cause: unknown) => {
    throw cause instanceof ResourceCancelled ? new ResourceCancelled(idUnlessGiven) : cause;
  });
  if (heard === undefined) throw new ResourceFailure(undefined, unansweredText(RequestId), idUnlessGiven);
  if ("answer" in heard) return madeOf(heard.answer, { wish, RequestId, idUnlessGiven });
  if (unknown === "stub") return undefined;
  throw new ResourceFailure(undefined, `${unansweredText(RequestId)} ${heard.problem}`, idUnlessGiven);
}

function secondsOf(given: Json): number {
  const seconds = Number(given);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MOST_SECONDS) return seconds;
  throw new ResourceFailure(undefined, `ServiceTimeout must be an integer between 1 and ${MOST_SECONDS} seconds`);
}

async function asked(context: ResourceContext, request: JsonMap): Promise<void> {
  const token = String(request.ServiceToken);
  const maker = makerBehind(token);
  if (maker === undefined) throw new ResourceFailure("NotFound", "Invalid service token");
  try {
    await maker.ask(context, token, request);
  } catch (cause) {
    throw refusedCall(cause, maker.service, context.ids);
  }
}

function requestOf(
  { stack, logicalId, type }: ResourceContext,
  { RequestType, properties, before, physicalId }: Wish,
  told: JsonMap,
): JsonMap {
  return {
    RequestType,
    ...told,
    StackId: stack.id,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
    ResourceProperties: inTexts(properties),
    ...(before !== undefined && { OldResourceProperties: inTexts(before) }),
  };
}

/** What was asked, and by which id it is known that is answered without one. */
interface Asked {
  readonly wish: Wish;
  readonly RequestId: string;
  readonly idUnlessGiven: string;
}

function madeOf(
  { Status, Reason, PhysicalResourceId, Data }: JsonMap,
  { wish, RequestId, idUnlessGiven }: Asked,
): Made {
  const id = PhysicalResourceId ?? wish.physicalId;
  const left = typeof id === "string" ? id : idUnlessGiven;
  if (Status !== "SUCCESS") {
    throw new ResourceFailure(
      undefined,
      `Received response status [FAILED] from custom resource. Message returned: ${Reason ?? "null"} (RequestId: ${RequestId})`,
      left,
    );
  }
  if (typeof id !== "string") throw new ResourceFailure("InvalidRequest", "Invalid PhysicalResourceId", left);
  return { physicalId: id, attributes: isObject(Data) ? Data : {} };
}

/** AWS: its words, from issues that quote them. */
function unansweredText(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`;
}

function isObject(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** AWS: numbers and booleans come as texts. */
function inTexts(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(inTexts);
  if (!isObject(value)) return value === null ? value : String(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inTexts(part)]));
}
