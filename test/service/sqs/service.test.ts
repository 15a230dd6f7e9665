import { expect, test } from "vitest";
import type { ErrorIdentity } from "../../../src/kernel/aws-error.ts";
import { aService, errorOf } from "../../support/sqs.ts";

// §2.4

test("the service has the 23 operations of the API, each under its own name", () => {
  const { operations } = aService().service;
  expect(operations.size).toBe(23);
  expect([...operations].map(([name, contract]) => [name, contract.name])).toEqual(
    [...operations.keys()].map((name) => [name, name]),
  );
});

test("the service knows what it is called on the wire", () => {
  expect(aService().service.model).toMatchObject({
    id: "sqs",
    title: "Amazon SQS",
    apiVersion: "2012-11-05",
    targetPrefix: "AmazonSQS",
    errorNamespace: "com.amazonaws.sqs",
    xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  });
});

// Versions and actions as the API reference of 2012-11-05 lists them.
test.for<[version: string, count: number, newest: readonly string[]]>([
  ["2008-01-01", 8, ["CreateQueue", "DeleteMessage", "ReceiveMessage", "SendMessage"]],
  ["2009-02-01", 11, ["AddPermission", "ChangeMessageVisibility", "RemovePermission"]],
  ["2011-10-01", 15, ["ChangeMessageVisibilityBatch", "DeleteMessageBatch", "GetQueueUrl", "SendMessageBatch"]],
])("the version %s has %i operations", ([version, count, newest]) => {
  const { model, operations } = aService().service;
  const names = model.olderVersions?.[version] ?? [];
  expect(new Set(names).size).toBe(count);
  expect(names).toEqual(expect.arrayContaining([...newest]));
  expect(names.filter((name) => !operations.has(name))).toEqual([]);
});

const modelled: readonly [shape: string, queryCode: string, status: number][] = [
  ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400],
  ["QueueNameExists", "QueueAlreadyExists", 400],
  ["QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", 400],
  ["InvalidAttributeName", "InvalidAttributeName", 400],
  ["InvalidAttributeValue", "InvalidAttributeValue", 400],
  ["InvalidMessageContents", "InvalidMessageContents", 400],
  ["ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404],
  ["MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", 400],
  ["PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403],
  ["OverLimit", "OverLimit", 403],
  ["EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400],
  ["TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400],
  ["BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400],
  ["InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400],
  ["BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", 400],
  ["ResourceNotFoundException", "ResourceNotFoundException", 404],
  ["UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400],
  ["InvalidIdFormat", "InvalidIdFormat", 400],
  ["InvalidAddress", "InvalidAddress", 404],
  ["InvalidSecurity", "InvalidSecurity", 403],
  ["RequestThrottled", "RequestThrottled", 403],
  ["KmsAccessDenied", "KMS.AccessDeniedException", 400],
  ["KmsDisabled", "KMS.DisabledException", 400],
  ["KmsInvalidKeyUsage", "KMS.InvalidKeyUsageException", 400],
  ["KmsInvalidState", "KMS.InvalidStateException", 400],
  ["KmsNotFound", "KMS.NotFoundException", 400],
  ["KmsOptInRequired", "KMS.OptInRequired", 403],
  ["KmsThrottled", "KMS.ThrottlingException", 400],
];

test("the operations declare the errors of the model, with their codes and statuses", () => {
  const declared = new Map<string, ErrorIdentity>();
  for (const { errors } of aService().service.operations.values()) {
    for (const error of errors) declared.set(error.shape, error);
  }
  const rows = [...declared.values()].map(({ shape, queryCode, status, fault }) => [shape, queryCode, status, fault]);
  const expected = modelled.map((row) => [...row, "Sender"]);
  expect(rows.sort()).toEqual(expected.sort());
  expect([...declared.values()].every(({ isModelled }) => isModelled)).toBe(true);
});

test.for<[title: string, operation: string, input: object, expected: object]>([
  [
    "a bad value",
    "ListQueues",
    { MaxResults: 0 },
    { shape: "InvalidParameterValueException", queryCode: "InvalidParameterValue" },
  ],
  [
    "a missing parameter",
    "CreateQueue",
    {},
    { shape: "MissingRequiredParameterException", queryCode: "MissingParameter" },
  ],
])("%s is an error outside the model", ([, operation, input, expected]) => {
  const { call } = aService();
  expect(errorOf(() => call(operation, { ...input }))).toMatchObject({ ...expected, status: 400, isModelled: false });
});

test("a refused account is an error outside the model", () => {
  const { call, createQueue } = aService();
  const QueueUrl = createQueue("orders");
  expect(errorOf(() => call("DeleteQueue", { QueueUrl }, { account: "123456789012" }))).toMatchObject({
    shape: "AccessDeniedException",
    queryCode: "AccessDenied",
    status: 403,
    isModelled: false,
    messageMember: "Message",
  });
});
