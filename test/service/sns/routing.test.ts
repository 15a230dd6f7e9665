import { expect, test } from "vitest";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { createRouter } from "../../../src/server/route/route.ts";
import { aService } from "../../support/sns.ts";
import { aService as anSqsService } from "../../support/sqs.ts";

// §1.1, §1.4

const route = createRouter([anSqsService().service, aService().service]);

function aRequest(method: string, query: string, body = ""): WireRequest {
  return { method, path: "/", query, headers: { host: "localhost:4566" }, body: Buffer.from(body) };
}

const destination = (request: WireRequest) => {
  const found = route(request);
  return found.kind === "operation" ? `${found.service.model.id} ${found.operationName}` : found.kind;
};

test.for([
  "ConfirmSubscription&TopicArn=arn:aws:sns:us-east-1:000000000000:orders&Token=abc",
  "Unsubscribe&SubscriptionArn=x",
])("a link in a message, %s, needs no version and no signature", (link) => {
  expect(destination(aRequest("GET", `Action=${link}`))).toBe(`sns ${link.split("&")[0]}`);
});

test("parameters may stand in the query string of a POST, or in its body", () => {
  expect(destination(aRequest("POST", "Action=Publish&Message=x"))).toBe("sns Publish");
  expect(destination(aRequest("POST", "", "Action=Publish&Message=x"))).toBe("sns Publish");
});

test.for([
  ["Action=Nonsense&Version=2010-03-31", "Could not find operation Nonsense for version 2010-03-31"],
  ["Action=CreateTopic&Version=2000-01-01", "Could not find operation CreateTopic for version 2000-01-01"],
  // AWS: as other services of the same framework put it. With an action that is known no version is fine.
  ["Action=Nonsense", "Could not find operation Nonsense for version NO_VERSION_SPECIFIED"],
] as const)("%s is refused in SNS's words", ([body, message]) => {
  expect(createRouter([aService().service])(aRequest("POST", "", body))).toMatchObject({
    kind: "failure",
    error: { queryCode: "InvalidAction", status: 400, message },
  });
});

test("SQS keeps words of its own", () => {
  expect(route(aRequest("POST", "", "Action=Nonsense&Version=2012-11-05"))).toMatchObject({
    error: { message: "The action Nonsense is not valid for this endpoint." },
  });
});
