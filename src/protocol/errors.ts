import { type AwsError, awsError } from "../kernel/aws-error.ts";
import { BlockPool } from "../kernel/memory/block-pool.ts";
import type { ServiceModel } from "../model/contract.ts";

/** Errors that come from reading a request, whatever the service. AWS keeps them out of the services' models. */

/** The bytes are not what the operation's input looks like. Query clients know it as `MalformedInput`. */
export const SerializationException = awsError("SerializationException", {
  queryCode: "MalformedInput",
  isModelled: false,
  messageMember: "Message", // AWS: of the errors that are in no model, few have a capital letter here
  message: (text: string) => text,
});

/**
 * More than any operation has a use for. GAP: what AWS says of such a request is known for Kinesis alone, and there for
 * its bytes only: this status, and no text.
 */
export const RequestEntityTooLarge = awsError("RequestEntityTooLargeException", {
  queryCode: "RequestEntityTooLarge",
  status: 413,
  isModelled: false,
  message: () => "",
});

/** A form that cannot be taken apart. */
export const MalformedQueryString = awsError("MalformedQueryString", {
  isModelled: false,
  message: () => "The query string contains a syntax error.",
});

/** A target that names no operation. AWS answers it without a text. */
export const UnknownOperation = awsError("UnknownOperationException", {
  queryCode: "InvalidAction",
  status: 404,
  isModelled: false,
  message: () => "",
});

export const InvalidAction = awsError("InvalidAction", {
  isModelled: false,
  message: (action: string, wording?: string) => wording ?? `The action ${action} is not valid for this endpoint.`,
});

export const NoSuchVersion = awsError("NoSuchVersion", {
  isModelled: false,
  message: (version: string) => `The requested version (${version}) is not valid.`,
});

/** Anything that is our own mistake. */
export const InternalFailure = awsError("InternalFailure", {
  status: 500,
  isModelled: false,
  message: (text?: string) => text ?? "An internal error occurred.",
});

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
