import type { Queue } from "../../../engine/queue/queue.ts";
import type { QueueDirectory } from "../../../engine/queue/queue-directory.ts";
import { nearestName } from "../../../kernel/nearest-name.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { readReceiptHandle } from "../../../service/sqs/message/receipt-handle.ts";
import { readQueueAddress, scopeOfAddress } from "../../../service/sqs/queue/queue-address.ts";
import { attributeTakes, queueAttributeNames } from "../../../service/sqs/queue/queue-attributes.ts";
import { hintAtMissing } from "./missing.ts";
import { type Refusal, textIn } from "./refusal.ts";

const AN_ARN = "an ARN is no queue URL; GetQueueUrl gives the URL by the queue's name";

/** What may help whoever SQS refused something. */
export function queueHint(refusal: Refusal, queues: QueueDirectory): string | undefined {
  switch (refusal.errorCode) {
    case "QueueDoesNotExist":
      return missingHint(refusal, queues);
    case "InvalidAddress":
      return textIn(refusal.input, "QueueUrl")?.startsWith("arn:") ? AN_ARN : missingHint(refusal, queues);
    case "InvalidAttributeName":
      return attributeNameHint(refusal);
    case "InvalidAttributeValue":
      return attributeValueHint(refusal);
    case "QueueNameExists":
      return differenceHint(refusal, queues);
    case "ReceiptHandleIsInvalid":
    case "InvalidParameterValueException":
      return receiptHint(refusal, queues) ?? typeHint(refusal);
    default:
      return undefined;
  }
}

/** The name of a queue that a call names, and where it is looked for. */
function addressIn({ input, resource, scope }: Refusal) {
  const text = textIn(input, "QueueUrl") ?? textIn(input, "QueueName") ?? resource ?? "";
  const address = readQueueAddress(text.startsWith("arn:") ? text.slice(text.lastIndexOf(":") + 1) : text);
  return address && { name: address.name, scope: scopeOfAddress(address, scope), address };
}

function missingHint(refusal: Refusal, queues: QueueDirectory): string | undefined {
  const found = addressIn(refusal);
  if (found === undefined) return formHint(refusal);
  const { name, scope, address } = found;
  const caller = refusal.scope;
  const hint = hintAtMissing(queues, { noun: "queue", name, account: scope.account, region: scope.region });
  if (address.region !== undefined && address.region !== caller.region) {
    return `${hint}; the URL says ${address.region}, the call is signed for ${caller.region}`;
  }
  if (address.account === undefined || address.account === caller.account) return hint;
  return `${hint}; the URL says account ${address.account}, the caller's is ${caller.account}`;
}

function formHint({ input }: Refusal): string {
  const text = textIn(input, "QueueUrl") ?? "";
  const bare = text.replace(/\/+$/, "");
  if (bare !== text && readQueueAddress(bare) !== undefined) return "the QueueUrl ends with a slash too many";
  return "a queue URL is such as http://127.0.0.1:4566/000000000000/jobs";
}

function queueOf(refusal: Refusal, queues: QueueDirectory): Queue | undefined {
  const found = addressIn(refusal);
  return found && queues.find(found.scope, found.name);
}

function attributeNameHint({ errorMessage, input }: Refusal): string | undefined {
  const name = /^Unknown Attribute (\S+)\.$/.exec(errorMessage)?.[1];
  if (name === undefined) return undefined;
  if (name === "FifoQueue") return "leave FifoQueue out for a standard queue";
  if (queueAttributeNames.includes(name)) return `${name} is for FIFO queues: did you mean FifoQueue=true?`;
  const nearest = nearestName(name, queueAttributeNames);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  return textIn(input, "QueueUrl") === undefined ? undefined : `there are ${queueAttributeNames.join(", ")}`;
}

function attributeValueHint({ errorMessage }: Refusal): string | undefined {
  const name = /^Invalid value for the parameter (\w+)\./.exec(errorMessage)?.[1];
  const takes = name && attributeTakes(name);
  return takes && `${name} takes ${takes}`;
}

function differenceHint(refusal: Refusal, queues: QueueDirectory): string | undefined {
  const name = /for attribute (\w+)$/.exec(refusal.errorMessage)?.[1];
  const queue = queueOf(refusal, queues);
  if (name === undefined || queue === undefined) return undefined;
  return `${queue.name} has ${name} ${queue.attributes[name] ?? "unset"}; SetQueueAttributes changes it`;
}

function typeHint({ operation, errorMessage, input }: Refusal): string | undefined {
  const name = textIn(input, "QueueName") ?? "";
  if (operation !== "CreateQueue") return undefined;
  if (errorMessage.startsWith("The name of a FIFO queue"))
    return name.endsWith(".fifo") ? undefined : `did you mean ${name.slice(0, 75)}.fifo?`;
  return name.endsWith(".fifo") ? "did you mean FifoQueue=true?" : undefined;
}

/** Why a receipt handle is not good any more. */
function receiptHint(refusal: Refusal, queues: QueueDirectory): string | undefined {
  const handle = textIn(refusal.input, "ReceiptHandle");
  const queue = queueOf(refusal, queues);
  if (handle === undefined || queue === undefined) return undefined;
  const receipt = readReceiptHandle(queue, handle);
  if (receipt === "garbage") return "a receipt handle is what ReceiveMessage gave, whole and unchanged";
  if (receipt === "of-another-queue") return ownerHint(handle, queues, queue);
  const message = queue.received(receipt.key);
  if (message === undefined) return "the message is in the queue no more";
  const { receiveCount, state, id, delivery } = message;
  if (delivery === undefined) return undefined;
  const receivedAt = formatIso8601(delivery.receivedAt);
  if (receiveCount !== receipt.attempt) {
    return `the receipt is of receive ${receipt.attempt} of message ${id}, which was received again at ${receivedAt}`;
  }
  return state === "inFlight"
    ? undefined
    : `the receipt is of the receive of message ${id} at ${receivedAt}, whose visibility timeout has ended`;
}

/** So many queues are asked whether a receipt is theirs. */
const MOST_ASKED = 100;

function ownerHint(handle: string, queues: QueueDirectory, { scope }: Queue): string | undefined {
  let asked = 0;
  for (const queue of queues.in(scope).list()) {
    if (asked++ === MOST_ASKED) return undefined;
    if (typeof readReceiptHandle(queue, handle) !== "string") return `it is a receipt of ${queue.name}`;
  }
  return undefined;
}
