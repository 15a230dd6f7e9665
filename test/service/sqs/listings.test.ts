import { expect, test } from "vitest";
import { aService, invalidParameter } from "../../support/sqs.ts";

// §4.3, §4.10

const urlOf = (name: string): string => `http://localhost:4566/000000000000/${name}`;

interface Listing {
  readonly QueueUrls?: readonly string[];
  readonly NextToken?: string;
}

/** A service with as many queues, called q0000 and so on. */
function withQueues(count: number) {
  const service = aService();
  const names = Array.from({ length: count }, (_, index) => `q${String(index).padStart(4, "0")}`);
  for (const name of names) service.createQueue(name);
  const list = (input: object = {}): Listing => service.call("ListQueues", { ...input }) as Listing;
  return { ...service, names, list };
}

test("an account without queues lists nothing at all", () => {
  const { call } = aService();
  expect(call("ListQueues", {})).toStrictEqual({});
});

test.for<[prefix: string, names: readonly string[]]>([
  ["", ["Orders", "orders", "orders-dead", "other"]],
  ["or", ["orders", "orders-dead"]],
  ["orders", ["orders", "orders-dead"]],
  ["Or", ["Orders"]],
])("the prefix '%s' lists %j", ([QueueNamePrefix, names]) => {
  const { createQueue, call } = aService();
  for (const name of ["other", "orders-dead", "Orders", "orders"]) createQueue(name);
  expect(call("ListQueues", { QueueNamePrefix })).toEqual({ QueueUrls: names.map(urlOf) });
});

test("a prefix that no name has lists nothing at all", () => {
  const { createQueue, call } = aService();
  createQueue("orders");
  expect(call("ListQueues", { QueueNamePrefix: "x" })).toStrictEqual({});
});

test("only queues of the caller's account and region are listed", () => {
  const { createQueue, call } = aService();
  createQueue("orders");
  expect(call("ListQueues", {}, { account: "123456789012" })).toStrictEqual({});
  expect(call("ListQueues", {}, { region: "eu-west-1" })).toStrictEqual({});
});

test("without MaxResults there are at most 1000 queues and never a token", () => {
  const { list, names } = withQueues(1001);
  const listing = list();
  expect(listing.QueueUrls).toEqual(names.slice(0, 1000).map(urlOf));
  expect(listing.NextToken).toBeUndefined();
});

test("pages of MaxResults queues follow each other until no token is given", () => {
  const { list, names } = withQueues(5);
  const first = list({ MaxResults: 2 });
  const second = list({ MaxResults: 2, NextToken: first.NextToken });
  const third = list({ MaxResults: 2, NextToken: second.NextToken });
  expect([first, second, third].flatMap(({ QueueUrls = [] }) => QueueUrls)).toEqual(names.map(urlOf));
  expect(third.NextToken).toBeUndefined();
});

test("there is no token when the last page is full", () => {
  const { list } = withQueues(2);
  expect(list({ MaxResults: 2 }).NextToken).toBeUndefined();
});

test("a token without MaxResults lists the rest", () => {
  const { list, names } = withQueues(4);
  const { NextToken } = list({ MaxResults: 1 });
  expect(list({ NextToken })).toEqual({ QueueUrls: names.slice(1).map(urlOf) });
});

test("pages neither repeat nor skip queues when others come and go", () => {
  const { list, call, createQueue } = withQueues(4);
  const { NextToken } = list({ MaxResults: 2 });
  call("DeleteQueue", { QueueUrl: "q0001" });
  createQueue("q0000a");
  expect(list({ MaxResults: 2, NextToken }).QueueUrls).toEqual(["q0002", "q0003"].map(urlOf));
});

test.for([0, 1001])("MaxResults cannot be %i", (MaxResults) => {
  const { createQueue, failure } = aService();
  const expected = invalidParameter(
    "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.",
  );
  expect(failure("ListQueues", { MaxResults })).toEqual(expected);
  expect(failure("ListDeadLetterSourceQueues", { QueueUrl: createQueue("dead"), MaxResults })).toEqual(expected);
});

test.for([1, 1000])("MaxResults can be %i", (MaxResults) => {
  const { list } = withQueues(1);
  expect(list({ MaxResults }).QueueUrls).toHaveLength(1);
});

// §14.14: the text is hearsay.
test.for(["", "x", "q0001", "cXVldWVzLWFmdGVyOg", "cXVldWVzLWFmdGVyOnEwMDAx="])(
  "the token '%s' is none",
  (NextToken) => {
    const { createQueue, failure } = aService();
    const expected = invalidParameter("Invalid or expired next token.");
    expect(failure("ListQueues", { MaxResults: 1, NextToken })).toEqual(expected);
    expect(failure("ListDeadLetterSourceQueues", { QueueUrl: createQueue("dead"), NextToken })).toEqual(expected);
  },
);

test("the sources of a dead-letter queue are listed in pages, too", () => {
  const { createQueue, arnOf, call } = aService();
  const QueueUrl = createQueue("dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(QueueUrl), maxReceiveCount: 1 });
  for (const name of ["a", "b", "c"]) createQueue(name, { RedrivePolicy });
  const list = (input: object) =>
    call("ListDeadLetterSourceQueues", { QueueUrl, ...input }) as { queueUrls: string[]; NextToken?: string };
  expect(list({})).toEqual({ queueUrls: ["a", "b", "c"].map(urlOf) });
  const first = list({ MaxResults: 2 });
  expect(first).toEqual({ queueUrls: ["a", "b"].map(urlOf), NextToken: expect.any(String) });
  expect(list({ MaxResults: 2, NextToken: first.NextToken })).toEqual({ queueUrls: [urlOf("c")] });
});

test("a token of one listing is none of the other", () => {
  const { list, failure, names } = withQueues(2);
  const { NextToken } = list({ MaxResults: 1 });
  expect(failure("ListDeadLetterSourceQueues", { QueueUrl: names[0], NextToken, MaxResults: 1 })).toEqual(
    invalidParameter("Invalid or expired next token."),
  );
});
