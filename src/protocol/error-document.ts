import type { AwsError } from "../kernel/aws-error.ts";
import { BlockPool } from "../kernel/block-pool.ts";
import type { ServiceModel } from "../model/contract.ts";

/** Where AWS keeps the errors that no service's model declares. */
const COMMON_NAMESPACE = "com.amazon.coral.service";

/** An error as the body of a JSON or CBOR answer: `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"…"}`. */
export function errorDocument({ errorNamespace }: ServiceModel, error: AwsError): Readonly<Record<string, string>> {
  const namespace = error.isModelled ? errorNamespace : COMMON_NAMESPACE;
  const type = errorNamespace === undefined ? error.shape : `${namespace}#${error.shape}`;
  return { __type: type, ...errorText(error) };
}

/** The text of an error under the name it goes by; nothing when it has none. */
export function errorText({ message, messageMember = "message" }: AwsError): Readonly<Record<string, string>> {
  return message === "" ? {} : { [messageMember]: message };
}

/** Where long answers are put together. Whoever has sent one gives its memory back. */
export const answerBlocks = new BlockPool();
