import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  inUse,
  invalidArgument,
  limitExceeded,
  noConsumer,
  noStream,
  notFound,
  refusal,
  SECOND,
  START,
  slow,
} from "../../support/kinesis.ts";

// Kinesis reference 6.19, 6.20, 4.4

interface Consumer {
  readonly ConsumerName: string;
  readonly ConsumerARN: string;
  readonly ConsumerStatus: string;
}

interface Listing {
  readonly Consumers: readonly Consumer[];
  readonly NextToken?: string;
}

const namesOf = ({ Consumers }: Listing): string[] => Consumers.map(({ ConsumerName }) => ConsumerName);

describe("RegisterStreamConsumer", () => {
  test("answers with a consumer that is being created, even if it is ready at once", () => {
    const { arnOf, call, create } = aKinesis();
    const StreamARN = arnOf(create("s"));
    expect(call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" })).toEqual({
      Consumer: {
        ConsumerName: "c",
        ConsumerARN: `${StreamARN}/consumer/c:${START / 1000}`,
        ConsumerStatus: "CREATING",
        ConsumerCreationTimestamp: START,
      },
    });
    expect(call("DescribeStreamConsumer", { StreamARN, ConsumerName: "c" })).toMatchObject({
      ConsumerDescription: { ConsumerStatus: "ACTIVE" },
    });
  });

  test("takes its time", () => {
    const { arnOf, call, clock, create } = aKinesis(slow);
    const StreamARN = arnOf(create("s"));
    const status = () =>
      call<{ readonly ConsumerDescription: Consumer }>("DescribeStreamConsumer", { StreamARN, ConsumerName: "c" })
        .ConsumerDescription.ConsumerStatus;
    call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
    clock.advance(5 * SECOND - 1);
    expect(status()).toBe("CREATING");
    clock.advance(1);
    expect(status()).toBe("ACTIVE");
    call("DeregisterStreamConsumer", { StreamARN, ConsumerName: "c" });
    expect(status()).toBe("DELETING");
  });

  test("refuses a name that is registered", () => {
    const { arnOf, create, failure, register } = aKinesis();
    register(create("s"), "c");
    expect(failure("RegisterStreamConsumer", { StreamARN: arnOf("s"), ConsumerName: "c" })).toEqual(
      inUse(`Consumer c under stream s already exists for account ${ACCOUNT}.`),
    );
  });

  test("gives a name that is registered again another ARN", () => {
    const { arnOf, call, create, register } = aKinesis();
    const first = register(create("s"), "c");
    call("DeregisterStreamConsumer", { ConsumerARN: first });
    expect(register("s", "c")).not.toBe(first);
    expect(call<Listing>("ListStreamConsumers", { StreamARN: arnOf("s") }).Consumers).toHaveLength(1);
  });

  test("registers twenty at most", () => {
    const { arnOf, create, failure, register } = aKinesis();
    create("s");
    for (let number = 0; number < 20; number++) register("s", `c${number}`);
    expect(failure("RegisterStreamConsumer", { StreamARN: arnOf("s"), ConsumerName: "c20" })).toEqual(
      limitExceeded(`The number of consumers of stream s under account ${ACCOUNT} cannot be greater than 20.`),
    );
  });

  test("registers fifty at most for an on-demand stream of an account that commits to a throughput", () => {
    const { arnOf, call, createOnDemand, create, failure, register } = aKinesis();
    create("p");
    createOnDemand("s");
    for (let number = 0; number < 20; number++) register("s", `c${number}`);
    for (let number = 0; number < 20; number++) register("p", `c${number}`);
    const next = (name: string) => failure("RegisterStreamConsumer", { StreamARN: arnOf(name), ConsumerName: "next" });
    const refused = (name: string, most: number) =>
      limitExceeded(
        `The number of consumers of stream ${name} under account ${ACCOUNT} cannot be greater than ${most}.`,
      );
    expect(next("s")).toEqual(refused("s", 20));
    call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    for (let number = 20; number < 50; number++) register("s", `c${number}`);
    expect(next("s")).toEqual(refused("s", 50));
    expect(next("p")).toEqual(refused("p", 20));
  });

  test("registers five at once", () => {
    const { arnOf, call, clock, create, failure } = aKinesis(slow);
    const StreamARN = arnOf(create("s"));
    for (let number = 0; number < 5; number++)
      call("RegisterStreamConsumer", { StreamARN, ConsumerName: `c${number}` });
    expect(failure("RegisterStreamConsumer", { StreamARN, ConsumerName: "c5" })).toEqual(
      limitExceeded(
        `The number of consumers of stream s under account ${ACCOUNT} that are in CREATING cannot be greater than 5.`,
      ),
    );
    clock.advance(5 * SECOND);
    call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c5" });
  });

  test("needs a stream that is ready", () => {
    const { arnOf, call, failure } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    expect(failure("RegisterStreamConsumer", { StreamARN: arnOf("s"), ConsumerName: "c" })).toEqual(
      inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state CREATING`),
    );
  });

  test("takes tags", () => {
    const { arnOf, call, create } = aKinesis();
    const input = { StreamARN: arnOf(create("s")), ConsumerName: "c", Tags: { k: "v" } };
    const { Consumer } = call<{ readonly Consumer: Consumer }>("RegisterStreamConsumer", input);
    expect(call("ListTagsForResource", { ResourceARN: Consumer.ConsumerARN })).toEqual({
      Tags: [{ Key: "k", Value: "v" }],
    });
  });
});

describe.for(["DescribeStreamConsumer", "DeregisterStreamConsumer"])("%s finds a consumer", (operation) => {
  test("by any members that tell which", () => {
    for (const members of ["ConsumerARN", "StreamARN ConsumerName", "ConsumerARN StreamARN ConsumerName"]) {
      const { arnOf, call, create, register } = aKinesis();
      const ConsumerARN = register(create("s"), "c");
      const all: Input = { ConsumerARN, StreamARN: arnOf("s"), ConsumerName: "c" };
      call(operation, Object.fromEntries(members.split(" ").map((member) => [member, all[member]])));
    }
  });

  test("not without", () => {
    const { arnOf, failure } = aKinesis();
    const expected = invalidArgument("Either ConsumerARN or both StreamARN and ConsumerName must be provided.");
    for (const input of [{}, { StreamARN: arnOf("s") }, { ConsumerName: "c" }]) {
      expect(failure(operation, input)).toEqual(expected);
    }
  });

  test("not when they contradict each other", () => {
    const { arnOf, create, failure, register } = aKinesis();
    const ConsumerARN = register(create("s"), "c");
    create("t");
    const expected = invalidArgument(`ConsumerARN ${ConsumerARN} does not fit StreamARN and ConsumerName.`);
    expect(failure(operation, { ConsumerARN, StreamARN: arnOf("t") })).toEqual(expected);
    expect(failure(operation, { ConsumerARN, ConsumerName: "d" })).toEqual(expected);
  });

  test("only one that exists", () => {
    const { arnOf, create, failure } = aKinesis();
    const ConsumerARN = `${arnOf("s")}/consumer/c:1`;
    const StreamARN = arnOf("s");
    expect(failure(operation, { StreamARN, ConsumerName: "c" })).toEqual(noStream("s"));
    create("s");
    expect(failure(operation, { StreamARN, ConsumerName: "c" })).toEqual(
      notFound(`Consumer c, account ${ACCOUNT} not found.`),
    );
    expect(failure(operation, { ConsumerARN })).toEqual(noConsumer(ConsumerARN));
  });
});

test("DescribeStreamConsumer tells the stream, too", () => {
  const { arnOf, call, create, register } = aKinesis();
  const ConsumerARN = register(create("s"), "c");
  expect(call("DescribeStreamConsumer", { ConsumerARN })).toEqual({
    ConsumerDescription: {
      ConsumerName: "c",
      ConsumerARN,
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: START,
      StreamARN: arnOf("s"),
    },
  });
});

test("a consumer that was deregistered is gone after a while", () => {
  const { call, clock, create, failure, register } = aKinesis(slow);
  const ConsumerARN = register(create("s"), "c");
  expect(call("DeregisterStreamConsumer", { ConsumerARN })).toBeUndefined();
  call("DeregisterStreamConsumer", { ConsumerARN });
  clock.advance(5 * SECOND);
  expect(failure("DescribeStreamConsumer", { ConsumerARN }).code).toBe("ResourceNotFoundException");
});

describe("ListStreamConsumers", () => {
  test("shows none where there are none", () => {
    const { arnOf, call, create } = aKinesis();
    expect(call("ListStreamConsumers", { StreamARN: arnOf(create("s")) })).toEqual({
      Consumers: [],
      NextToken: undefined,
    });
  });

  test("shows them by name, page by page", () => {
    const { arnOf, call, create, register } = aKinesis();
    const StreamARN = arnOf(create("s"));
    for (const name of ["b", "a", "c"]) register("s", name);
    const first = call<Listing>("ListStreamConsumers", { StreamARN, MaxResults: 2 });
    const second = call<Listing>("ListStreamConsumers", { StreamARN, NextToken: first.NextToken });
    expect([first, second].map(namesOf)).toEqual([["a", "b"], ["c"]]);
    expect(second.NextToken).toBeUndefined();
    expect(Object.keys(first.Consumers[0]!).sort()).toEqual([
      "ConsumerARN",
      "ConsumerCreationTimestamp",
      "ConsumerName",
      "ConsumerStatus",
    ]);
  });

  test("refuses tokens of another stream, even one of the same name", () => {
    const { arnOf, call, create, failure, register } = aKinesis();
    const StreamARN = arnOf(create("s"));
    for (const name of ["a", "b"]) register("s", name);
    const { NextToken } = call<Listing>("ListStreamConsumers", { StreamARN, MaxResults: 1 });
    const none = invalidArgument("Invalid NextToken.");
    expect(failure("ListStreamConsumers", { StreamARN: arnOf(create("t")), NextToken })).toEqual(none);
    call("DeleteStream", { StreamName: "s", EnforceConsumerDeletion: true });
    create("s");
    expect(failure("ListStreamConsumers", { StreamARN, NextToken })).toEqual(none);
  });

  test("refuses tokens that are too old, or none", () => {
    const { arnOf, call, clock, create, failure, register } = aKinesis();
    const StreamARN = arnOf(create("s"));
    for (const name of ["a", "b"]) register("s", name);
    const { NextToken } = call<Listing>("ListStreamConsumers", { StreamARN, MaxResults: 1 });
    expect(failure("ListStreamConsumers", { StreamARN, NextToken: "x" })).toEqual(
      invalidArgument("Invalid NextToken."),
    );
    clock.advance(300_001);
    expect(failure("ListStreamConsumers", { StreamARN, NextToken })).toEqual(
      refusal("ExpiredNextTokenException", "NextToken has expired. Tokens are valid for 300 seconds."),
    );
  });

  test("can be told the creation of the stream, but not beside a token", () => {
    const { arnOf, call, create, failure, register } = aKinesis();
    const StreamARN = arnOf(create("s"));
    for (const name of ["a", "b"]) register("s", name);
    const { NextToken } = call<Listing>("ListStreamConsumers", {
      StreamARN,
      MaxResults: 1,
      StreamCreationTimestamp: START,
    });
    expect(failure("ListStreamConsumers", { StreamARN, StreamCreationTimestamp: START - SECOND })).toEqual(
      noStream("s"),
    );
    expect(failure("ListStreamConsumers", { StreamARN, StreamCreationTimestamp: START, NextToken })).toEqual(
      invalidArgument("NextToken and StreamCreationTimestamp cannot be provided together."),
    );
  });
});
