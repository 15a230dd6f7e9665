import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { errorDocument } from "../error-document.ts";

/** The body of an error: `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"…"}`. */
export function errorBody(service: ServiceModel, error: AwsError): string {
  return JSON.stringify(errorDocument(service, error));
}

/** What clients of the older format are to take the error for: `AWS.SimpleQueueService.NonExistentQueue;Sender`. */
export function queryErrorOf(error: AwsError): string {
  return `${error.queryCode};${error.fault}`;
}
