import { expect, test } from "vitest";
import { aService, type Failure, invalidValue, missingParameter } from "../../support/sqs.ts";

// §5.4 to §5.7

const FIFO = { MessageGroupId: "g", MessageDeduplicationId: "d" };

/** A service with a received message, and the calls on it. */
function received(type: "standard" | "FIFO", attributes: Readonly<Record<string, string>> = {}) {
  const service = aService();
  const isFifo = type === "FIFO";
  const create = isFifo ? service.createFifoQueue : service.createQueue;
  const QueueUrl = create(isFifo ? "orders.fifo" : "orders", attributes);
  service.send(QueueUrl, "hello", isFifo ? FIFO : {});
  const receiveOne = (): string => service.receive(QueueUrl)[0]?.ReceiptHandle ?? "nothing received";
  const ReceiptHandle = receiveOne();
  return {
    ...service,
    QueueUrl,
    ReceiptHandle,
    receiveOne,
    /** Deletes the message, or says why not. */
    deleteIt: (handle = ReceiptHandle) => service.call("DeleteMessage", { QueueUrl, ReceiptHandle: handle }),
    change: (VisibilityTimeout: number, handle = ReceiptHandle) =>
      service.call("ChangeMessageVisibility", { QueueUrl, ReceiptHandle: handle, VisibilityTimeout }),
    remaining: (): number => {
      service.clock.advance(43_200_000);
      return service.receive(QueueUrl).length;
    },
    whyNot: (operation: string, handle = ReceiptHandle, VisibilityTimeout?: number): Failure =>
      service.failure(operation, { QueueUrl, ReceiptHandle: handle, VisibilityTimeout }),
  };
}

const TYPES = ["standard", "FIFO"] as const;

test.for(TYPES)("on a %s queue a message in flight can be deleted, twice", (type) => {
  const { deleteIt, remaining } = received(type);
  expect(deleteIt()).toBeUndefined();
  expect(deleteIt()).toBeUndefined();
  expect(remaining()).toBe(0);
});

test.for(TYPES)("on a %s queue a message whose timeout was extended can be deleted", (type) => {
  const { change, clock, deleteIt, remaining } = received(type);
  change(60);
  clock.advance(59_999);
  expect(deleteIt()).toBeUndefined();
  expect(remaining()).toBe(0);
});

test("a standard queue deletes a message that is visible again", () => {
  const { clock, deleteIt, remaining } = received("standard");
  clock.advance(30_000);
  expect(deleteIt()).toBeUndefined();
  expect(remaining()).toBe(0);
});

test("a standard queue deletes a message that somebody else received since", () => {
  const { clock, receiveOne, deleteIt, remaining } = received("standard");
  clock.advance(30_000);
  receiveOne();
  expect(deleteIt()).toBeUndefined();
  expect(remaining()).toBe(0);
});

const expired = (handle: string): Failure => invalidValue("ReceiptHandle", handle, "The receipt handle has expired.");

test("on a FIFO queue a handle expires with the visibility timeout", () => {
  const { clock, deleteIt, whyNot, ReceiptHandle, QueueUrl, attributesOf } = received("FIFO");
  clock.advance(30_000);
  expect(whyNot("DeleteMessage")).toEqual(expired(ReceiptHandle));
  expect(whyNot("ChangeMessageVisibility", ReceiptHandle, 1)).toEqual(expired(ReceiptHandle));
  expect(attributesOf(QueueUrl).ApproximateNumberOfMessages).toBe("1");
  expect(deleteIt).toThrow("The receipt handle has expired.");
});

test("on a FIFO queue a handle is good until the last millisecond", () => {
  const { clock, deleteIt } = received("FIFO");
  clock.advance(29_999);
  expect(deleteIt()).toBeUndefined();
});

test("on a FIFO queue only the handle of the last receive counts", () => {
  const { clock, receiveOne, whyNot, deleteIt, ReceiptHandle } = received("FIFO");
  clock.advance(30_000);
  const later = receiveOne();
  expect(whyNot("DeleteMessage")).toEqual(expired(ReceiptHandle));
  expect(deleteIt(later)).toBeUndefined();
});

const invalid = (message: string): Failure => ({ code: "ReceiptHandleIsInvalid", status: 404, message });

const OPERATIONS = ["DeleteMessage", "ChangeMessageVisibility"] as const;

test.for(
  OPERATIONS.flatMap((operation) =>
    ["garbage", "AQEB", "AQEB".repeat(45), " ", "é".repeat(180)].map((handle) => [operation, handle] as const),
  ),
)("%s does not take '%s' for a handle", ([operation, handle]) => {
  const { whyNot } = received("standard");
  expect(whyNot(operation, handle, 1)).toEqual(
    invalid(`The input receipt handle "${handle}" is not a valid receipt handle.`),
  );
});

test.for(OPERATIONS)("%s notices when one character of a handle is another", (operation) => {
  const { whyNot, ReceiptHandle } = received("standard");
  for (let index = 0; index < ReceiptHandle.length; index++) {
    const other = ReceiptHandle[index] === "A" ? "B" : "A";
    const handle = ReceiptHandle.slice(0, index) + other + ReceiptHandle.slice(index + 1);
    expect(whyNot(operation, handle, 1).message).toBe(
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
});

test.for(OPERATIONS)("%s does not take a handle of another queue", (operation) => {
  const { createQueue, failure, ReceiptHandle } = received("standard");
  const QueueUrl = createQueue("other");
  expect(failure(operation, { QueueUrl, ReceiptHandle, VisibilityTimeout: 1 })).toEqual(
    invalid(`The receipt handle "${ReceiptHandle}" is not valid for this queue.`),
  );
});

test.for(OPERATIONS)("%s does not take a handle of an earlier queue of the same name", (operation) => {
  const { createQueue, call, whyNot, QueueUrl, ReceiptHandle } = received("standard");
  call("DeleteQueue", { QueueUrl });
  createQueue("orders");
  expect(whyNot(operation, ReceiptHandle, 1)).toEqual(
    invalid(`The receipt handle "${ReceiptHandle}" is not valid for this queue.`),
  );
});

test.for<[operation: string, name: string]>([
  // What AWS calls it, as users reported.
  ["DeleteMessage", "MessageHandle"],
  ["ChangeMessageVisibility", "ReceiptHandle"],
])("%s wants a handle", ([operation, name]) => {
  const { failure, QueueUrl, whyNot } = received("standard");
  expect(failure(operation, { QueueUrl, VisibilityTimeout: 1 })).toEqual(missingParameter(name));
  expect(whyNot(operation, "", 1)).toEqual(missingParameter(name));
});

test("handles are as long as those of AWS and no longer than documented", () => {
  const { ReceiptHandle } = received("standard");
  expect(ReceiptHandle).toHaveLength(180);
});

test.for(TYPES)("on a %s queue a new timeout counts from now and discards the old one", (type) => {
  const { change, clock, QueueUrl, receive } = received(type);
  clock.advance(10_000);
  expect(change(5)).toBeUndefined();
  clock.advance(4_999);
  expect(receive(QueueUrl)).toEqual([]);
  clock.advance(1);
  expect(receive(QueueUrl)).toHaveLength(1);
});

test("a timeout of 0 shows the message at once", () => {
  const { change, receive, QueueUrl } = received("standard");
  change(0);
  expect(receive(QueueUrl, { AttributeNames: ["ApproximateReceiveCount"] })).toMatchObject([
    { Attributes: { ApproximateReceiveCount: "2" } },
  ]);
});

// §14.5: AWS answers 200; that the message is hidden again is our reading.
test("on a standard queue a message that is visible again can be hidden again", () => {
  const { change, clock, receive, QueueUrl } = received("standard");
  clock.advance(30_000);
  expect(change(5)).toBeUndefined();
  clock.advance(4_999);
  expect(receive(QueueUrl)).toEqual([]);
  clock.advance(1);
  expect(receive(QueueUrl)).toHaveLength(1);
});

test.for<[afterMs: number, seconds: number]>([
  [0, 43_200],
  [1_000, 43_199],
  [20_000, 43_180],
])("%i ms after its receive a message can be hidden for %i seconds, not for one more", ([afterMs, seconds]) => {
  const { change, clock, whyNot, ReceiptHandle } = received("standard");
  clock.advance(afterMs);
  expect(change(seconds)).toBeUndefined();
  const asked = Math.min(43_200, seconds + 1);
  clock.advance(asked === seconds ? 1 : 0);
  expect(whyNot("ChangeMessageVisibility", ReceiptHandle, asked)).toEqual(
    invalidValue(
      "VisibilityTimeout",
      asked,
      "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
    ),
  );
});

test.for(TYPES)("on a %s queue the timeout of a deleted message cannot be changed", (type) => {
  const { deleteIt, whyNot, ReceiptHandle } = received(type);
  deleteIt();
  expect(whyNot("ChangeMessageVisibility", ReceiptHandle, 1)).toEqual(
    invalidValue(
      "ReceiptHandle",
      ReceiptHandle,
      "Message does not exist or is not available for visibility timeout change.",
    ),
  );
});

test.for([-1, 43_201])("a visibility timeout cannot be changed to %i", (seconds) => {
  const { whyNot, ReceiptHandle } = received("standard");
  expect(whyNot("ChangeMessageVisibility", ReceiptHandle, seconds)).toEqual(
    invalidValue("VisibilityTimeout", seconds, "VisibilityTimeout must be an integer between 0 and 43200."),
  );
});

test("ChangeMessageVisibility wants a timeout", () => {
  const { whyNot } = received("standard");
  expect(whyNot("ChangeMessageVisibility")).toEqual(missingParameter("VisibilityTimeout"));
});

test("DeleteMessageBatch deletes what it can and says why it cannot delete the rest", () => {
  const { call, QueueUrl, ReceiptHandle, remaining } = received("standard");
  const Entries = [
    { Id: "bad", ReceiptHandle: "garbage" },
    { Id: "good", ReceiptHandle },
    { Id: "empty", ReceiptHandle: "" },
  ];
  expect(call("DeleteMessageBatch", { QueueUrl, Entries })).toStrictEqual({
    Successful: [{ Id: "good" }],
    Failed: [
      {
        Id: "bad",
        SenderFault: true,
        Code: "ReceiptHandleIsInvalid",
        Message: 'The input receipt handle "garbage" is not a valid receipt handle.',
      },
      {
        Id: "empty",
        SenderFault: true,
        Code: "EmptyValue",
        Message: "No Value Found for DeleteMessageBatchRequestEntry.3.ReceiptHandle.",
      },
    ],
  });
  expect(remaining()).toBe(0);
});

const DIALECTS = ["json", "query"] as const;
const BATCHES = ["DeleteMessageBatch", "ChangeMessageVisibilityBatch"] as const;

/** A batch with one entry that fails in that way. */
const failing = (Code: string, Message: string) => ({
  Failed: [{ Id: "a", SenderFault: true, Code, Message }],
});

// Reported of DeleteMessageBatch: not the code and not the text of the single call.
test.for(DIALECTS.flatMap((dialect) => BATCHES.map((operation) => [operation, dialect] as const)))(
  "%s says that a FIFO queue's handle has expired in words of its own (%s)",
  ([operation, dialect]) => {
    const { clock, call, receiveOne, QueueUrl, ReceiptHandle } = received("FIFO");
    const Entries = [{ Id: "a", ReceiptHandle, VisibilityTimeout: 1 }];
    const refusal = failing("ReceiptHandleIsInvalid", "The receipt handle has expired");
    clock.advance(30_000);
    expect(call(operation, { QueueUrl, Entries }, { dialect })).toStrictEqual(refusal);
    receiveOne();
    expect(call(operation, { QueueUrl, Entries }, { dialect })).toStrictEqual(refusal);
  },
);

test.for(DIALECTS)("ChangeMessageVisibilityBatch says so as well of a message that is gone (%s)", (dialect) => {
  const { call, deleteIt, QueueUrl, ReceiptHandle } = received("standard");
  deleteIt();
  const Entries = [{ Id: "a", ReceiptHandle, VisibilityTimeout: 1 }];
  expect(call("ChangeMessageVisibilityBatch", { QueueUrl, Entries }, { dialect })).toStrictEqual(
    failing("ReceiptHandleIsInvalid", "Message does not exist or is not available for visibility timeout change"),
  );
});

test.for(DIALECTS)("DeleteMessageBatch deletes a message twice (%s)", (dialect) => {
  const { call, QueueUrl, ReceiptHandle } = received("standard");
  const Entries = ["a", "b"].map((Id) => ({ Id, ReceiptHandle }));
  expect(call("DeleteMessageBatch", { QueueUrl, Entries }, { dialect })).toStrictEqual({
    Successful: [{ Id: "a" }, { Id: "b" }],
  });
});

test.for(BATCHES)("%s fails the entry whose handle is another queue's", (operation) => {
  const { createQueue, call, ReceiptHandle } = received("standard");
  const Entries = [{ Id: "a", ReceiptHandle, VisibilityTimeout: 1 }];
  expect(call(operation, { QueueUrl: createQueue("other"), Entries })).toStrictEqual(
    failing("ReceiptHandleIsInvalid", `The receipt handle "${ReceiptHandle}" is not valid for this queue.`),
  );
});

test("ChangeMessageVisibilityBatch fails the entry that would go beyond twelve hours", () => {
  const { clock, call, QueueUrl, ReceiptHandle } = received("standard");
  clock.advance(1_000);
  const Entries = [{ Id: "a", ReceiptHandle, VisibilityTimeout: 43_200 }];
  expect(call("ChangeMessageVisibilityBatch", { QueueUrl, Entries })).toStrictEqual(
    failing(
      "InvalidParameterValue",
      "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
    ),
  );
});

test("a bad Id is found before a bad handle", () => {
  const { failure, QueueUrl } = received("standard");
  const Entries = [{ Id: "", ReceiptHandle: "garbage" }];
  expect(failure("DeleteMessageBatch", { QueueUrl, Entries }).code).toBe("AWS.SimpleQueueService.InvalidBatchEntryId");
});

test("when all goes well a batch answers without Failed", () => {
  const { call, QueueUrl, ReceiptHandle } = received("standard");
  const Entries = [{ Id: "a", ReceiptHandle, VisibilityTimeout: 0 }];
  const done = { Successful: [{ Id: "a" }] };
  expect(call("ChangeMessageVisibilityBatch", { QueueUrl, Entries })).toStrictEqual(done);
  expect(call("DeleteMessageBatch", { QueueUrl, Entries })).toStrictEqual(done);
});

test("ChangeMessageVisibilityBatch changes what it can and says why it cannot change the rest", () => {
  const { call, QueueUrl, ReceiptHandle, receive } = received("standard");
  const Entries = [
    { Id: "range", ReceiptHandle, VisibilityTimeout: 43_201 },
    { Id: "none", ReceiptHandle },
    { Id: "good", ReceiptHandle, VisibilityTimeout: 0 },
    { Id: "bad", ReceiptHandle: "garbage", VisibilityTimeout: 1 },
  ];
  expect(call("ChangeMessageVisibilityBatch", { QueueUrl, Entries })).toStrictEqual({
    Successful: [{ Id: "good" }],
    Failed: [
      {
        Id: "range",
        SenderFault: true,
        Code: "InvalidParameterValue",
        Message:
          "Value 43201 for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.",
      },
      {
        Id: "none",
        SenderFault: true,
        Code: "MissingParameter",
        Message: "The request must contain the parameter VisibilityTimeout.",
      },
      {
        Id: "bad",
        SenderFault: true,
        Code: "ReceiptHandleIsInvalid",
        Message: 'The input receipt handle "garbage" is not a valid receipt handle.',
      },
    ],
  });
  expect(receive(QueueUrl)).toHaveLength(1);
});
