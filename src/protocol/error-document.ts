import type { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../model/contract.ts";
import { SerializationException } from "./errors.ts";

/** Where AWS keeps the errors that no service's model declares. */
const COMMON_NAMESPACE = "com.amazon.coral.service";

/** An error as the body of a JSON or CBOR answer: `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"…"}`. */
export function errorDocument({ errorNamespace }: ServiceModel, error: AwsError): Readonly<Record<string, string>> {
  const namespace = error.isModelled ? errorNamespace : COMMON_NAMESPACE;
  const type = errorNamespace === undefined ? error.shape : `${namespace}#${error.shape}`;
  if (error.message === "") return { __type: type };
  // AWS: of all errors, only this one has a capital letter here.
  const key = error.shape === SerializationException.shape ? "Message" : "message";
  return { __type: type, [key]: error.message };
}
