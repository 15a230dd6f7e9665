import { expect, test } from "vitest";
import { shapeOf } from "../../../src/model/shape.ts";
import { aService, invalid, missingValue, notFound, nullAt, UNSIGNED, validationError } from "../../support/sns.ts";

// §1.5, §1.6

const TOPIC = "arn:aws:sns:us-east-1:000000000000:orders";
const SUBSCRIPTION = `${TOPIC}:7f3c0a5e-0000-4000-8000-000000000000`;
const APPLICATION = "arn:aws:sns:us-east-1:000000000000:app/GCM/app";
const ENDPOINT = "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/7f3c0a5e-0000-4000-8000-000000000000";
const attribute = { AttributeName: "DisplayName", AttributeValue: "x" };

/** Operations that name a resource, what else they want, and a name nobody has. */
const operations: readonly [operation: string, parameter: string, missing: string, more: object][] = [
  ["AddPermission", "TopicArn", TOPIC, { Label: "x", AWSAccountId: ["123456789012"], ActionName: ["Publish"] }],
  ["RemovePermission", "TopicArn", TOPIC, { Label: "x" }],
  ["GetTopicAttributes", "TopicArn", TOPIC, {}],
  ["SetTopicAttributes", "TopicArn", TOPIC, attribute],
  ["DeleteTopic", "TopicArn", TOPIC, {}],
  ["ListSubscriptionsByTopic", "TopicArn", TOPIC, {}],
  ["Subscribe", "TopicArn", TOPIC, { Protocol: "sms", Endpoint: "+15551234567" }],
  ["Publish", "TopicArn", TOPIC, { Message: "x" }],
  ["Publish", "TargetArn", TOPIC, { Message: "x" }],
  ["PublishBatch", "TopicArn", TOPIC, { PublishBatchRequestEntries: [{ Id: "1", Message: "x" }] }],
  ["GetDataProtectionPolicy", "ResourceArn", TOPIC, {}],
  ["PutDataProtectionPolicy", "ResourceArn", TOPIC, { DataProtectionPolicy: "" }],
  ["ListTagsForResource", "ResourceArn", TOPIC, {}],
  ["TagResource", "ResourceArn", TOPIC, { Tags: [{ Key: "k", Value: "v" }] }],
  ["UntagResource", "ResourceArn", TOPIC, { TagKeys: ["k"] }],
  ["GetSubscriptionAttributes", "SubscriptionArn", SUBSCRIPTION, {}],
  ["SetSubscriptionAttributes", "SubscriptionArn", SUBSCRIPTION, attribute],
  ["Unsubscribe", "SubscriptionArn", SUBSCRIPTION, {}],
  ["GetPlatformApplicationAttributes", "PlatformApplicationArn", APPLICATION, {}],
  ["SetPlatformApplicationAttributes", "PlatformApplicationArn", APPLICATION, { Attributes: { Enabled: "true" } }],
  ["DeletePlatformApplication", "PlatformApplicationArn", APPLICATION, {}],
  ["ListEndpointsByPlatformApplication", "PlatformApplicationArn", APPLICATION, {}],
  ["CreatePlatformEndpoint", "PlatformApplicationArn", APPLICATION, { Token: "t" }],
  ["GetEndpointAttributes", "EndpointArn", ENDPOINT, {}],
  ["SetEndpointAttributes", "EndpointArn", ENDPOINT, { Attributes: { Enabled: "true" } }],
  ["DeleteEndpoint", "EndpointArn", ENDPOINT, {}],
];

test.for(operations)("%s counts the elements of %s", ([operation, parameter, , more]) => {
  const { failure } = aService();
  for (const [arn, count] of [
    ["orders", 1],
    ["arn:aws:sns:us-east-1:000000000000", 5],
  ] as const) {
    expect(failure(operation, { [parameter]: arn, ...more })).toEqual(
      invalid(`${parameter} Reason: An ARN must have at least 6 elements, not ${count}`),
    );
  }
});

test.for(operations)("%s wants %s to be of the region that is called", ([operation, parameter, missing, more]) => {
  const { failure } = aService();
  expect(failure(operation, { [parameter]: missing, ...more }, { region: "eu-west-1" })).toEqual(invalid(parameter));
});

test.for(operations)("%s tells what is wrong with %s before anything else", ([operation, parameter, missing]) => {
  const { failure } = aService();
  expect(failure(operation, { [parameter]: "orders" })).toEqual(
    invalid(`${parameter} Reason: An ARN must have at least 6 elements, not 1`),
  );
  expect(failure(operation, { [parameter]: missing }, { region: "eu-west-1" })).toEqual(invalid(parameter));
});

test.for(operations.filter(([operation]) => operation !== "Publish"))(
  "%s wants %s before anything else",
  ([operation, parameter]) => {
    const { failure } = aService();
    expect(failure(operation, {})).toEqual(missingValue(parameter));
  },
);

test("these are all operations that name a resource, but for ConfirmSubscription, which has words of its own", () => {
  const { service } = aService();
  const naming = [...service.operations].flatMap(([operation, { input }]) =>
    Object.entries(input.members)
      .filter(([name, member]) => name.endsWith("Arn") && shapeOf(member).kind === "string")
      .map(([name]) => `${operation} ${name}`),
  );
  const listed = operations.map(([operation, parameter]) => `${operation} ${parameter}`);
  expect(naming.toSorted()).toEqual([...listed, "ConfirmSubscription TopicArn"].toSorted());
});

test.for(operations)(
  "%s does not mind the region of %s when none is called",
  ([operation, parameter, missing, more]) => {
    const { call } = aService();
    const isRefused = () => call(operation, { [parameter]: missing, ...more }, { region: "eu-west-1", ...UNSIGNED });
    expect(messageOf(isRefused)).not.toBe(`Invalid parameter: ${parameter}`);
  },
);

test.for(operations.filter(([operation]) => operation !== "Publish"))(
  "%s wants %s",
  ([operation, parameter, , more]) => {
    const { failure } = aService();
    expect(failure(operation, { ...more })).toEqual(missingValue(parameter));
  },
);

const kinds: Readonly<Record<string, string>> = {
  [TOPIC]: "Topic",
  [SUBSCRIPTION]: "Subscription",
  [APPLICATION]: "PlatformApplication",
  [ENDPOINT]: "Endpoint",
};
const silent = ["DeleteTopic", "Unsubscribe", "DeletePlatformApplication", "DeleteEndpoint"];
const looking = operations.filter(
  ([operation, parameter]) => !silent.includes(operation) && parameter !== "ResourceArn",
);

test.for(looking)("%s does not find what is not there", ([operation, parameter, missing, more]) => {
  const { failure } = aService();
  expect(failure(operation, { [parameter]: missing, ...more })).toEqual(notFound(kinds[missing]!));
});

test.for(operations.filter(([operation]) => silent.includes(operation)))(
  "%s does not mind that nothing is there",
  ([operation, parameter, missing]) => {
    const { call } = aService();
    expect(call(operation, { [parameter]: missing })).toBeUndefined();
  },
);

test("an ARN of another kind names nothing", () => {
  const { createTopic, failure } = aService();
  const TopicArn = createTopic("orders");
  expect(failure("GetTopicAttributes", { TopicArn: TopicArn.replace(":sns:", ":sqs:") })).toEqual(notFound("Topic"));
  expect(failure("GetSubscriptionAttributes", { SubscriptionArn: TopicArn })).toEqual(notFound("Subscription"));
  expect(failure("GetEndpointAttributes", { EndpointArn: ENDPOINT.replace("endpoint/", "device/") })).toEqual(
    notFound("Endpoint"),
  );
  const PlatformApplicationArn = APPLICATION.replace("app/", "application/");
  expect(failure("GetPlatformApplicationAttributes", { PlatformApplicationArn })).toEqual(
    notFound("PlatformApplication"),
  );
});

test.for(looking.filter(([, , missing]) => missing === TOPIC).concat([["DeleteTopic", "TopicArn", TOPIC, {}]]))(
  "%s wants %s to end in the name of a topic",
  ([operation, parameter, , more]) => {
    const { failure } = aService();
    for (const arn of [SUBSCRIPTION, APPLICATION, `${TOPIC}\n${TOPIC}`, TOPIC.replace("orders", "")]) {
      expect(failure(operation, { [parameter]: arn, ...more })).toEqual(invalid("Topic Name"));
    }
  },
);

/** Of calls to us-east-1. */
const strangers: readonly [arn: string, text: string][] = [
  ["arn:aws-cn:sns:us-east-1:000000000000:orders", "A us-east-1 ARN must begin with arn:aws, not "],
  ["arn:aws:sns:cn-north-1:000000000000:orders", "A cn-north-1 ARN must begin with arn:aws-cn, not "],
  ["arn:aws:sns:us-gov-west-1:000000000000:orders", "A us-gov-west-1 ARN must begin with arn:aws-us-gov, not "],
  ["arn:aws:sts::000000000000:assumed-role/a/b", "A  ARN must begin with arn:null, not "],
  ["arn:sns:*:arn:aws:sns:us-east-1:000000000000:orders", "A arn ARN must begin with arn:null, not "],
];

test.for(operations)("%s wants the partition of %s to be that of its region", ([operation, parameter, , more]) => {
  const { failure } = aService();
  for (const [arn, text] of strangers) {
    expect(failure(operation, { [parameter]: arn, ...more })).toEqual(invalid(`${parameter} Reason: ${text}${arn}`));
  }
});

test("a region need not look like one to be called", () => {
  const { failure } = aService();
  const TopicArn = TOPIC.replace("us-east-1", "local");
  expect(failure("GetTopicAttributes", { TopicArn }, { region: "local" })).toEqual(notFound("Topic"));
});

test("an ARN that was sound is checked again for whoever calls another region, or names none", () => {
  const { failure } = aService();
  const TopicArn = TOPIC.replace("us-east-1", "local");
  const asked = (caller: { readonly region?: string; readonly namesRegion?: boolean }) =>
    failure("GetTopicAttributes", { TopicArn }, caller);
  const unknown = invalid(`TopicArn Reason: A local ARN must begin with arn:null, not ${TopicArn}`);
  for (let time = 0; time < 2; time++) {
    expect(asked({ region: "local" })).toEqual(notFound("Topic"));
    expect(asked({})).toEqual(unknown);
    expect(asked({ region: "local" })).toEqual(notFound("Topic"));
    expect(asked({ region: "local", namesRegion: false })).toEqual(notFound("Topic"));
    expect(asked({ namesRegion: false })).toEqual(notFound("Topic"));
    expect(asked({})).toEqual(unknown);
  }
});

test("the validator speaks before anything is looked up", () => {
  const { failure } = aService();
  const nothing = validationError(nullAt("attributes"));
  for (const Attributes of [undefined, {}]) {
    expect(failure("SetPlatformApplicationAttributes", { PlatformApplicationArn: APPLICATION, Attributes })).toEqual(
      nothing,
    );
    expect(failure("SetEndpointAttributes", { EndpointArn: ENDPOINT, Attributes })).toEqual(nothing);
    expect(failure("CreatePlatformApplication", { Name: "@", Platform: "AAA", Attributes })).toEqual(nothing);
    expect(failure("SetSMSAttributes", { attributes: Attributes })).toEqual(nothing);
  }
});

function messageOf(task: () => unknown): string | undefined {
  try {
    task();
    return undefined;
  } catch (cause) {
    return (cause as Error).message;
  }
}
