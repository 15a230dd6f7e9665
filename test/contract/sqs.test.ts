import * as sdk from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { queueAttributeNames } from "../../src/service/sqs/queue/queue-attributes.ts";
import { aService } from "../support/sqs.ts";
import { apiModel, sqsErrors } from "./api-model.ts";
import { testModel } from "./model-contract.ts";

const { service } = aService();
const model = apiModel("sqs");
const errorTraits = sqsErrors();

const valuesOf = (name: string): string => model.shapes[name]!.enum!.toSorted().join();

/** AWS: the names of queue attributes that the model has here are none that this operation takes. */
const receivedNames = `AttributeNames[]: values ${valuesOf("QueueAttributeName")}, ours ${valuesOf("MessageSystemAttributeName")}`;

describe("as JSON", () => {
  const known = { ReceiveMessage: [receivedNames] };
  testModel({ service, model, operationCount: 23, readsNamesItself: true, errorTraits, known });
});

describe("as Query", () => {
  testModel({
    service,
    model: apiModel("sqs-query"),
    operationCount: 23,
    readsNamesItself: true,
    hasQueryNames: true,
    errorTraits,
    isPartial: true,
    // The member has come since, and so has AWSTraceHeader to one of the lists.
    known: { ReceiveMessage: ["MessageSystemAttributeNames: ours alone", receivedNames] },
  });
});

test("queues have the attributes of the model", () => {
  expect(queueAttributeNames.toSorted().join()).toBe(valuesOf("QueueAttributeName"));
});

/** An error in the form the SDK exports it: an array whose first item tells the kind. */
type SdkError = readonly [-3, string, string, { readonly awsQueryError?: readonly [string, number] }];

// Of AWS's own models only those of the SDK say how SQS's errors are called for Query clients.
test("the fixture has the Query codes and statuses of the SDK", () => {
  const errors = Object.values(sdk).filter((value) => Array.isArray(value) && value[0] === -3);
  const traits = (errors as unknown as readonly SdkError[])
    .filter(([, , , { awsQueryError }]) => awsQueryError !== undefined)
    .map(([, , name, { awsQueryError }]) => [name, { code: awsQueryError![0], httpStatusCode: awsQueryError![1] }]);
  expect(errorTraits).toMatchObject(Object.fromEntries(traits));
  expect(traits.length).toBeGreaterThan(20);
});
