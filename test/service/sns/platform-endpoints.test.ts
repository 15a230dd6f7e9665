import { describe, expect, test } from "vitest";
import type { NotificationDelivery } from "../../../src/engine/topic/delivery.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { START } from "../../support/service-call.ts";
import { type Attributes, aService, invalid, missingValue, notFound, QUEUE_ARN } from "../../support/sns.ts";

// §22.3, §22.4

function anApplication(Platform = "GCM", more: Attributes = {}) {
  const service = aService();
  const { call } = service;
  const { PlatformApplicationArn } = call("CreatePlatformApplication", {
    Name: "app",
    Platform,
    Attributes: { PlatformCredential: "key", PlatformPrincipal: "id", ...more },
  }) as { PlatformApplicationArn: string };
  const creation = (input: object) => ({ PlatformApplicationArn, Token: "token", ...input });
  return {
    ...service,
    PlatformApplicationArn,
    creation,
    createEndpoint: (input: object = {}) =>
      (call("CreatePlatformEndpoint", creation(input)) as { EndpointArn: string }).EndpointArn,
    endpointAttributes: (EndpointArn: string) =>
      (call("GetEndpointAttributes", { EndpointArn }) as { Attributes: Attributes }).Attributes,
  };
}

test("a new endpoint is enabled and shows its token", () => {
  const { createEndpoint, endpointAttributes } = anApplication();
  const arn = createEndpoint();
  expect(arn).toMatch(/^arn:aws:sns:us-east-1:000000000000:endpoint\/GCM\/app\/[0-9a-f-]{36}$/);
  expect(endpointAttributes(arn)).toEqual({ Enabled: "true", Token: "token" });
});

test("user data among the attributes counts more than the parameter", () => {
  const { createEndpoint, endpointAttributes } = anApplication();
  expect(endpointAttributes(createEndpoint({ CustomUserData: "a" }))).toMatchObject({ CustomUserData: "a" });
  expect(
    endpointAttributes(createEndpoint({ Token: "2", CustomUserData: "a", Attributes: { CustomUserData: "b" } })),
  ).toMatchObject({ CustomUserData: "b" });
});

test("attributes may be empty at creation", () => {
  const { createEndpoint, endpointAttributes } = anApplication();
  expect(endpointAttributes(createEndpoint({ Attributes: {} }))).toEqual({ Enabled: "true", Token: "token" });
});

test.for<[title: string, first: object, second: object]>([
  ["nothing more", {}, {}],
  ["the same user data", { CustomUserData: "a" }, { Attributes: { CustomUserData: "a" } }],
  ["that it is enabled", {}, { Attributes: { Enabled: "true" } }],
  ["nothing about being disabled", { Attributes: { Enabled: "false" } }, {}],
])("the same token with %s is the same endpoint", ([, first, second]) => {
  const { createEndpoint } = anApplication();
  expect(createEndpoint(first)).toBe(createEndpoint(second));
});

test.for<[title: string, first: object, second: object]>([
  ["other user data", { CustomUserData: "a" }, { CustomUserData: "b" }],
  ["no user data", { CustomUserData: "a" }, {}],
  ["that it is disabled", {}, { Attributes: { Enabled: "false" } }],
])("the same token with %s is refused, and the endpoint named", ([, first, second]) => {
  const { createEndpoint, creation, failure } = anApplication();
  const arn = createEndpoint(first);
  // AWS: clients take the ARN out of this text.
  expect(failure("CreatePlatformEndpoint", creation(second))).toEqual(
    invalid(`Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`),
  );
});

test("a token that an endpoint has no more is free", () => {
  const { call, createEndpoint } = anApplication();
  const first = createEndpoint();
  call("SetEndpointAttributes", { EndpointArn: first, Attributes: { Token: "other" } });
  const second = createEndpoint();
  expect(second).not.toBe(first);
  expect(createEndpoint({ Token: "other" })).toBe(first);
  call("DeleteEndpoint", { EndpointArn: second });
  expect(createEndpoint()).not.toBe(second);
});

test("a token that another endpoint of the application has cannot be set", () => {
  const { call, createEndpoint, endpointAttributes, failure } = anApplication();
  const first = createEndpoint();
  const EndpointArn = createEndpoint({ Token: "other" });
  expect(failure("SetEndpointAttributes", { EndpointArn, Attributes: { Token: "token", Enabled: "false" } })).toEqual(
    invalid(`Token Reason: Endpoint ${first} already exists with the same Token, but different attributes.`),
  );
  expect(endpointAttributes(EndpointArn)).toEqual({ Enabled: "true", Token: "other" });
  expect(call("SetEndpointAttributes", { EndpointArn, Attributes: { Token: "other" } })).toBeUndefined();
  expect(createEndpoint()).toBe(first);
});

test("attributes can be set one by one", () => {
  const { call, createEndpoint, endpointAttributes } = anApplication();
  const EndpointArn = createEndpoint({ CustomUserData: "a" });
  expect(call("SetEndpointAttributes", { EndpointArn, Attributes: { Enabled: "False" } })).toBeUndefined();
  expect(endpointAttributes(EndpointArn)).toEqual({ CustomUserData: "a", Enabled: "false", Token: "token" });
  call("SetEndpointAttributes", { EndpointArn, Attributes: { Token: "new", CustomUserData: "b" } });
  expect(endpointAttributes(EndpointArn)).toEqual({ CustomUserData: "b", Enabled: "false", Token: "new" });
});

const tooLong = "Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding";

test.for<[attributes: Attributes, text: string]>([
  [{ Nonsense: "x" }, "Invalid attribute name: Nonsense"],
  [{ CustomUserData: "é".repeat(1025) }, tooLong],
  [{ CustomUserData: "x".repeat(2049) }, tooLong],
  [{ Token: "" }, "Invalid value for attribute: Token: cannot be empty"],
  [{ Enabled: "yes" }, "Invalid value for attribute: Enabled: must be true or false"],
])("attributes cannot be %j", ([Attributes, text]) => {
  const { createEndpoint, creation, failure } = anApplication();
  const refused = invalid(`Attributes Reason: ${text}`);
  expect(failure("CreatePlatformEndpoint", creation({ Attributes }))).toEqual(refused);
  expect(failure("SetEndpointAttributes", { EndpointArn: createEndpoint(), Attributes })).toEqual(refused);
});

test("user data has 2048 bytes at most, as a parameter too", () => {
  const { createEndpoint, creation, failure } = anApplication();
  createEndpoint({ CustomUserData: "é".repeat(1024) });
  expect(failure("CreatePlatformEndpoint", creation({ CustomUserData: "x".repeat(2049) }))).toEqual(
    invalid(`Attributes Reason: ${tooLong}`),
  );
});

test.for(["APNS", "APNS_SANDBOX", "APNS_VOIP", "MACOS"])(
  "a token of %s is hexadecimal and kept in small letters",
  (platform) => {
    const { createEndpoint, creation, endpointAttributes, failure } = anApplication(platform);
    expect(endpointAttributes(createEndpoint({ Token: "ABCDEF09" }))).toMatchObject({ Token: "abcdef09" });
    createEndpoint({ Token: "a".repeat(400) });
    for (const Token of ["a".repeat(401), "xyz"]) {
      expect(failure("CreatePlatformEndpoint", creation({ Token }))).toEqual(
        invalid("Token Reason: iOS device tokens must be no more than 400 hexadecimal characters"),
      );
    }
  },
);

test("tokens of other platforms have 8192 characters at most, and one at least", () => {
  const { createEndpoint, creation, failure } = anApplication();
  createEndpoint({ Token: "x".repeat(8192) });
  for (const Token of ["", "x".repeat(8193)]) {
    expect(failure("CreatePlatformEndpoint", creation({ Token }))).toMatchObject({ code: "InvalidParameter" });
  }
  expect(failure("CreatePlatformEndpoint", creation({ Token: undefined }))).toEqual(missingValue("Token"));
});

test("endpoints are listed with their attributes, oldest first and by the hundred", () => {
  const { call, clock, createEndpoint, PlatformApplicationArn } = anApplication();
  const arns: string[] = [];
  for (let index = 0; index < 101; index++) {
    arns.push(createEndpoint({ Token: `t${index}` }));
    clock.advance(1);
  }
  const list = (NextToken?: string) =>
    call("ListEndpointsByPlatformApplication", { PlatformApplicationArn, NextToken }) as {
      Endpoints: readonly { EndpointArn: string; Attributes: Attributes }[];
      NextToken?: string;
    };
  const first = list();
  expect(first.Endpoints.map(({ EndpointArn }) => EndpointArn)).toEqual(arns.slice(0, 100));
  expect(list(first.NextToken)).toEqual({
    Endpoints: [{ EndpointArn: arns[100], Attributes: { Enabled: "true", Token: "t100" } }],
  });
});

test("an endpoint can be deleted, and deleted again", () => {
  const { call, createEndpoint, failure } = anApplication();
  const EndpointArn = createEndpoint();
  expect(call("DeleteEndpoint", { EndpointArn })).toBeUndefined();
  expect(call("DeleteEndpoint", { EndpointArn })).toBeUndefined();
  expect(failure("GetEndpointAttributes", { EndpointArn })).toEqual(notFound("Endpoint"));
  expect(failure("SetEndpointAttributes", { EndpointArn, Attributes: { Enabled: "true" } })).toEqual(
    notFound("Endpoint"),
  );
});

const SCOPE = "arn:aws:sns:us-east-1:000000000000";
const slashes = "Reason: Wrong number of slashes in relative portion of the ARN.";
const noUuid = "Reason: ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters.";

test.for<[EndpointArn: string, reason: string]>([
  [`${SCOPE}:orders`, slashes],
  [`${SCOPE}:app/GCM/app`, slashes],
  [`${SCOPE}:endpoint/GCM/app/7f3c0a5e-0000-4000-8000-000000000000/x`, slashes],
  [`${SCOPE}:endpoint/GCM/app/7f3c0a5e-0000-4000-8000-000000000000x`, noUuid],
  [`${SCOPE}:endpoint/GCM/app/`, noUuid],
])("%s cannot be the ARN of an endpoint, which is told before anything else", ([EndpointArn, reason]) => {
  const { failure } = anApplication();
  for (const operation of ["GetEndpointAttributes", "SetEndpointAttributes", "DeleteEndpoint"]) {
    expect(failure(operation, { EndpointArn })).toEqual(invalid(`EndpointArn ${reason}`));
  }
});

test.for([`${SCOPE}:endpoint/GCM/app/7f3c0a5e-0000-4000-8000-000000000000`, `${SCOPE}:orders`, `${SCOPE}:app/GCM`])(
  "%s cannot be the ARN of an application",
  (PlatformApplicationArn) => {
    const { failure } = anApplication();
    const operations = [
      "CreatePlatformEndpoint",
      "DeletePlatformApplication",
      "GetPlatformApplicationAttributes",
      "ListEndpointsByPlatformApplication",
      "SetPlatformApplicationAttributes",
    ];
    for (const operation of operations) {
      expect(failure(operation, { PlatformApplicationArn })).toEqual(invalid(`PlatformApplicationArn ${slashes}`));
    }
  },
);

test("another account can use an endpoint and an application", () => {
  const { call, createEndpoint, creation, endpointAttributes } = anApplication();
  const theirs = { account: "111111111111" };
  const EndpointArn = createEndpoint();
  call("SetEndpointAttributes", { EndpointArn, Attributes: { Enabled: "false" } }, theirs);
  expect(endpointAttributes(EndpointArn)).toMatchObject({ Enabled: "false" });
  const created = call("CreatePlatformEndpoint", creation({ Token: "2" }), theirs) as { EndpointArn: string };
  expect(created.EndpointArn).toContain(":000000000000:");
  expect(call("DeleteEndpoint", created, theirs)).toBeUndefined();
});

describe("Publish to an endpoint", () => {
  test("pushes the message under the id its publisher is told", () => {
    const { createEndpoint, publish, pushes } = anApplication();
    const arn = createEndpoint();
    const { MessageId, ...more } = publish({ TargetArn: arn, Message: "hello", Subject: "hi" });
    expect(more).toEqual({});
    expect(pushes).toEqual([
      {
        id: MessageId,
        scope: scopeOf("000000000000", "us-east-1"),
        endpoint: expect.objectContaining({ arn, platform: "GCM" }),
        payload: "hello",
        subject: "hi",
        attributes: undefined,
        sentAt: START,
      },
    ]);
  });

  test.for<[message: string, payload: string]>([
    ['{"GCM":"for gcm"}', "for gcm"],
    ['{"GCM":"for gcm","default":"all"}', "for gcm"],
    ['{"default":"all","APNS":"apple"}', "all"],
  ])("pushes of %s: %s", ([Message, payload]) => {
    const { createEndpoint, publish, pushes } = anApplication();
    publish({ TargetArn: createEndpoint(), Message, MessageStructure: "json" });
    expect(pushes).toMatchObject([{ payload }]);
  });

  test("wants a text for the platform or for all", () => {
    const { createEndpoint, failure } = anApplication();
    const TargetArn = createEndpoint();
    expect(failure("Publish", { TargetArn, Message: '{"APNS":"apple"}', MessageStructure: "json" })).toEqual(
      invalid("Message Structure - No default entry in JSON message body"),
    );
  });

  test("wants an endpoint that exists", () => {
    const { createEndpoint, failure } = anApplication();
    const TargetArn = `${createEndpoint().slice(0, -1)}x`;
    expect(failure("Publish", { TargetArn, Message: "x" })).toEqual(
      invalid("TargetArn Reason: No endpoint found for the target arn specified"),
    );
    expect(failure("Publish", { TopicArn: createEndpoint(), Message: "x" })).toEqual(invalid("Topic Name"));
  });

  test("wants the endpoint and its application to be enabled", () => {
    const { call, createEndpoint, failure, publish, pushes, PlatformApplicationArn } = anApplication();
    const EndpointArn = createEndpoint();
    const message = { TargetArn: EndpointArn, Message: "x" };
    call("SetEndpointAttributes", { EndpointArn, Attributes: { Enabled: "false" } });
    expect(failure("Publish", message)).toEqual({
      code: "EndpointDisabled",
      status: 400,
      message: "Endpoint is disabled",
    });
    call("SetPlatformApplicationAttributes", { PlatformApplicationArn, Attributes: { Enabled: "false" } });
    expect(failure("Publish", message)).toMatchObject({ code: "PlatformApplicationDisabled", status: 400 });
    call("SetPlatformApplicationAttributes", { PlatformApplicationArn, Attributes: { Enabled: "true" } });
    call("SetEndpointAttributes", { EndpointArn, Attributes: { Enabled: "true" } });
    publish(message);
    expect(pushes).toHaveLength(1);
  });

  test("has the limit of a message to a topic", () => {
    const { createEndpoint, failure, publish } = anApplication();
    const TargetArn = createEndpoint();
    expect(publish({ TargetArn, Message: "x".repeat(262_144) })).toHaveProperty("MessageId");
    expect(failure("Publish", { TargetArn, Message: "x".repeat(262_145) })).toEqual(invalid("Message too long"));
  });
});

describe("events of endpoints", () => {
  function withEvents() {
    const service = anApplication();
    const { call, createTopic, subscribe, PlatformApplicationArn } = service;
    const Attributes = Object.fromEntries(
      ["EventEndpointCreated", "EventEndpointUpdated", "EventEndpointDeleted"].map((name) => {
        const arn = createTopic(name);
        subscribe(arn, "sqs", QUEUE_ARN);
        return [name, arn];
      }),
    );
    call("SetPlatformApplicationAttributes", { PlatformApplicationArn, Attributes });
    const events = () =>
      service.deliveries.map((delivery) => [
        delivery.topic.name,
        JSON.parse((delivery as NotificationDelivery).notification.content.message) as unknown,
      ]);
    return { ...service, events };
  }

  test("are published to the topics an application names", () => {
    const { call, createEndpoint, events, PlatformApplicationArn } = withEvents();
    const EndpointArn = createEndpoint();
    createEndpoint();
    call("SetEndpointAttributes", { EndpointArn, Attributes: { Enabled: "false" } });
    call("DeleteEndpoint", { EndpointArn });
    call("DeleteEndpoint", { EndpointArn });
    expect(events()).toEqual(
      ["EndpointCreated", "EndpointUpdated", "EndpointDeleted"].map((EventType) => [
        `Event${EventType}`,
        {
          EndpointArn,
          EventType,
          Resource: PlatformApplicationArn,
          Service: "SNS",
          Time: "2026-01-02T03:04:05.678Z",
        },
      ]),
    );
  });

  test("go nowhere when the topic is not there or cannot have them", () => {
    const { call, createEndpoint, createFifoTopic, deliveries, PlatformApplicationArn, subscribe } = withEvents();
    const fifo = createFifoTopic("events.fifo");
    subscribe(fifo, "sqs", QUEUE_ARN);
    for (const EventEndpointCreated of ["arn:aws:sns:us-east-1:000000000000:none", "nonsense", fifo]) {
      call("SetPlatformApplicationAttributes", { PlatformApplicationArn, Attributes: { EventEndpointCreated } });
      createEndpoint({ Token: EventEndpointCreated });
    }
    expect(deliveries).toEqual([]);
  });
});
