import { expect, test } from "vitest";
import { aService } from "../../support/sqs.ts";

// §10

type Attributes = Readonly<Record<string, string>>;

test.for<[title: string, steps: readonly Attributes[], expected: Attributes]>([
  [
    "all three attributes come back as they were set",
    [{ KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000", SqsManagedSseEnabled: "false" }],
    { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000", SqsManagedSseEnabled: "false" },
  ],
  [
    "a KMS key alone turns SSE-SQS off and shows its default reuse period",
    [{ KmsMasterKeyId: "key" }],
    { KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "300", SqsManagedSseEnabled: "false" },
  ],
  [
    "taking the key away does not turn SSE-SQS on",
    [{ KmsMasterKeyId: "key" }, { KmsMasterKeyId: "" }],
    { SqsManagedSseEnabled: "false" },
  ],
  [
    "turning SSE-SQS on takes key and reuse period away",
    [{ KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "6000" }, { SqsManagedSseEnabled: "true" }],
    { SqsManagedSseEnabled: "true" },
  ],
  [
    "a reuse period taken away with its key does not come back with the next one",
    [
      { KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "6000" },
      { SqsManagedSseEnabled: "true" },
      { KmsMasterKeyId: "other" },
    ],
    { KmsMasterKeyId: "other", KmsDataKeyReusePeriodSeconds: "300", SqsManagedSseEnabled: "false" },
  ],
  [
    "a reuse period without a key is not shown",
    [{ KmsDataKeyReusePeriodSeconds: "6000" }],
    { SqsManagedSseEnabled: "true" },
  ],
])("%s", ([, steps, expected]) => {
  const { createQueue, attributesOf, call } = aService();
  const QueueUrl = createQueue("orders");
  for (const Attributes of steps) call("SetQueueAttributes", { QueueUrl, Attributes });
  const names = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];
  expect(attributesOf(QueueUrl, ...names)).toEqual(expected);
});

test("a KMS key and SSE-SQS exclude each other", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  const Attributes = { KmsMasterKeyId: "key", SqsManagedSseEnabled: "true" };
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes })).toEqual({
    code: "InvalidAttributeName",
    status: 400,
    message:
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
  });
});
