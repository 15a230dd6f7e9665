import { expect, test } from "vitest";
import { stringToSign } from "../../../../src/delivery/sns/signature/string-to-sign.ts";

const common = { Message: "Hello\nwörld", MessageId: "1", Timestamp: "2012-05-02T00:54:06.655Z", TopicArn: "arn" };

test("a notification is signed member by member, each name and value on a line", () => {
  expect(stringToSign({ Type: "Notification", Subject: "News", ...common, UnsubscribeURL: "http://x" })).toBe(
    "Message\nHello\nwörld\nMessageId\n1\nSubject\nNews\nTimestamp\n2012-05-02T00:54:06.655Z\nTopicArn\narn\nType\nNotification\n",
  );
});

test("a subject that is not there is not signed", () => {
  expect(stringToSign({ Type: "Notification", Subject: undefined, ...common })).toBe(
    "Message\nHello\nwörld\nMessageId\n1\nTimestamp\n2012-05-02T00:54:06.655Z\nTopicArn\narn\nType\nNotification\n",
  );
});

test.for(["SubscriptionConfirmation", "UnsubscribeConfirmation"])("a %s is signed with its link and token", (Type) => {
  expect(stringToSign({ Type, ...common, Token: "23", SubscribeURL: "http://x" })).toBe(
    `Message\nHello\nwörld\nMessageId\n1\nSubscribeURL\nhttp://x\nTimestamp\n2012-05-02T00:54:06.655Z\nToken\n23\nTopicArn\narn\nType\n${Type}\n`,
  );
});
