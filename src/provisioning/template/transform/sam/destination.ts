import { textOf, type Value, type ValueMap } from "../../value.ts";
import type { FunctionRole } from "./role.ts";
import { getAtt, invalidResource, type Resources, ref, resource } from "./sam-resource.ts";

const ACTIONS: Readonly<Record<string, string>> = {
  SQS: "sqs:SendMessage",
  SNS: "sns:publish",
  Lambda: "lambda:InvokeFunction",
  EventBridge: "events:PutEvents",
};

/** Where something is sent to: what it is made of, who has to be allowed it, and where made resources go. */
interface DestinationContext {
  readonly functionId: string;
  /** Logical id of what sends. */
  readonly prefix: string;
  readonly role: FunctionRole | undefined;
  readonly resources: Resources;
}

/**
 * The destination without SAM's own members. Without an address of its own a queue or topic is made; the role may send to whatever
 * says its type.
 */
export function destinationOf(declared: ValueMap, context: DestinationContext): ValueMap {
  const type = textOf(declared.Type);
  const { prefix, role, functionId } = context;
  if (type === undefined) return declared;
  const action = ACTIONS[type];
  if (action === undefined)
    throw invalidResource(functionId, `'Type: ${type}' must be one of [${Object.keys(ACTIONS).join(", ")}]`);
  const Destination = declared.Destination ?? madeFor(type, context);
  role?.allow(`${prefix}${type}Policy`, action, Destination);
  return { Destination };
}

function madeFor(type: string, { functionId, prefix, resources }: DestinationContext): Value {
  if (type === "SQS") {
    resources.set(`${prefix}Queue`, resource("AWS::SQS::Queue", {}));
    return getAtt(`${prefix}Queue`, "Arn");
  }
  if (type !== "SNS") throw invalidResource(functionId, `Destination is required if Type is not SQS or SNS`);
  resources.set(`${prefix}Topic`, resource("AWS::SNS::Topic", {}));
  return ref(`${prefix}Topic`);
}
