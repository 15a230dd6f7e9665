import { expect, test } from "vitest";
import { aService, invalid, QUEUE_ARN } from "../../support/sns.ts";

// §14

const noDefault = invalid("Message Structure - No default entry in JSON message body");
const noJson = invalid("Message Structure - JSON message body failed to parse");

function aTopic() {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  service.subscribe(TopicArn, "sqs", QUEUE_ARN);
  service.subscribe(TopicArn, "sms", "+15551234567");
  const texts = () =>
    service.deliveries.map(
      (delivery) => "notification" in delivery && delivery.notification.messageFor(delivery.subscription.protocol),
    );
  return { ...service, TopicArn, texts };
}

test.for<[message: string, sqs: string, sms: string]>([
  ['{"default":"all"}', "all", "all"],
  ['{"default":"all","sqs":"queue"}', "queue", "all"],
  ['{"default":"","sms":"text"}', "", "text"],
  ['{"default":"all","sqs":{"a":1},"sms":1,"other":"x"}', "all", "all"],
  ['{"default":"first","default":"last"}', "last", "last"],
  [' {"default" : "\\u00e9"} ', "é", "é"],
])("%s says %j to queues and %j to phones", ([Message, sqs, sms]) => {
  const { publish, texts, TopicArn } = aTopic();
  publish({ TopicArn, Message, MessageStructure: "json" });
  expect(texts()).toEqual([sqs, sms]);
});

test("without a structure JSON is a text like any other", () => {
  const { publish, texts, TopicArn } = aTopic();
  publish({ TopicArn, Message: '{"default":"all"}' });
  expect(texts()).toEqual(['{"default":"all"}', '{"default":"all"}']);
});

test.for(["{}", '{"sqs":"x"}', '{"default":{"a":1}}', '{"default":1}', '{"default":null}', '{"default":["x"]}'])(
  "%s has no default",
  (Message) => {
    const { failure, TopicArn } = aTopic();
    expect(failure("Publish", { TopicArn, Message, MessageStructure: "json" })).toEqual(noDefault);
  },
);

test.for(["x", '{"default":"x"} }', '{"default":"x"', "{'default':'x'}", '"default"', "[]", "null"])(
  "%s is no structure",
  (Message) => {
    const { failure, TopicArn } = aTopic();
    expect(failure("Publish", { TopicArn, Message, MessageStructure: "json" })).toEqual(noJson);
  },
);

test.for(["string", "String"])("the structure '%s' is that of any other text", (MessageStructure) => {
  const { publish, texts, TopicArn } = aTopic();
  publish({ TopicArn, Message: '{"default":"all"}', MessageStructure });
  expect(texts()).toEqual(['{"default":"all"}', '{"default":"all"}']);
});

test.for(["", "JSON", "xml"])("the only structure is json, not '%s'", (MessageStructure) => {
  const { failure, TopicArn } = aTopic();
  expect(failure("Publish", { TopicArn, Message: '{"default":"x"}', MessageStructure })).toEqual(
    invalid("MessageStructure"),
  );
});
