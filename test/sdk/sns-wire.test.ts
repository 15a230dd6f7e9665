import { expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { RawConnection } from "../support/raw-connection.ts";

// §1: what SNS is asked in and answers in, byte for byte, the request's id aside.

const TOPIC_ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:orders";
const SIGNED = {
  Authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0",
};
const FORM = { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" };

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A server, and what it answers to forms: in the body of a POST, in its query string, or in that of a GET. */
async function aServer() {
  const emulator = await anEmulator();
  const answerOf = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${emulator.endpoint}${path}`, init);
    expect(response.headers.get("Content-Type")).toBe("text/xml");
    const id = response.headers.get("x-amzn-RequestId")!;
    const text = await response.text();
    expect(text).toContain(`<RequestId>${id}</RequestId>`);
    return { status: response.status, body: text.replace(id, "ID") };
  };
  return {
    post: (form: string) => answerOf("/", { method: "POST", headers: { ...SIGNED, ...FORM }, body: form }),
    postQuery: (form: string) => answerOf(`/?${form}`, { method: "POST", headers: SIGNED }),
    follow: (form: string) => answerOf(`/?${form}`, {}),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

function success(operation: string, result: string): Answer {
  const body = `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
${result}  <ResponseMetadata>
    <RequestId>ID</RequestId>
  </ResponseMetadata>
</${operation}Response>
`;
  return { status: 200, body };
}

function failure(status: number, code: string, message: string): Answer {
  const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
  <Error>
    <Type>Sender</Type>
    <Code>${code}</Code>
    <Message>${message}</Message>
  </Error>
  <RequestId>ID</RequestId>
</ErrorResponse>
`;
  return { status, body };
}

const CREATED = success(
  "CreateTopic",
  `  <CreateTopicResult>\n    <TopicArn>${TOPIC_ARN}</TopicArn>\n  </CreateTopicResult>\n`,
);

test("a form in the body, in the query string of a POST, and in that of a GET are answered alike", async () => {
  await using server = await aServer();
  expect(await server.post("Action=CreateTopic&Version=2010-03-31&Name=orders")).toEqual(CREATED);
  expect(await server.postQuery("Action=CreateTopic&Version=2010-03-31&Name=orders")).toEqual(CREATED);
  expect(await server.postQuery("Action=CreateTopic&Name=orders")).toEqual(CREATED);
  expect(await server.follow("Action=CreateTopic&Name=orders")).toEqual(CREATED);
});

test("some operations have no result, some an empty one", async () => {
  await using server = await aServer();
  await server.post("Action=CreateTopic&Name=orders");
  const tag = "Tags.member.1.Key=a&Tags.member.1.Value=b";
  expect(await server.post(`Action=TagResource&ResourceArn=${TOPIC_ARN}&${tag}`)).toEqual(
    success("TagResource", "  <TagResourceResult/>\n"),
  );
  expect(await server.post(`Action=DeleteTopic&TopicArn=${TOPIC_ARN}`)).toEqual(success("DeleteTopic", ""));
});

test("maps are entries, and documents in them are escaped", async () => {
  await using server = await aServer();
  await server.post("Action=CreateTopic&Name=orders&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=a%26b");
  const { body } = await server.post(`Action=GetTopicAttributes&TopicArn=${TOPIC_ARN}`);
  expect(body).toContain(`<GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
  <GetTopicAttributesResult>
    <Attributes>
      <entry>
        <key>TopicArn</key>
        <value>${TOPIC_ARN}</value>
      </entry>
`);
  expect(body).toContain("        <key>DisplayName</key>\n        <value>a&amp;b</value>\n");
  expect(body).toContain("<value>{&quot;Version&quot;:&quot;2008-10-17&quot;,");
});

test("a listing of subscriptions has AWS's members in AWS's order", async () => {
  await using server = await aServer();
  await server.post("Action=CreateTopic&Name=orders");
  const { body } = await server.post(`Action=Subscribe&TopicArn=${TOPIC_ARN}&Protocol=sqs&Endpoint=${QUEUE_ARN}`);
  const arn = /<SubscriptionArn>(.*)<\/SubscriptionArn>/.exec(body)![1];
  const listed = `    <Subscriptions>
      <member>
        <TopicArn>${TOPIC_ARN}</TopicArn>
        <Protocol>sqs</Protocol>
        <SubscriptionArn>${arn}</SubscriptionArn>
        <Owner>000000000000</Owner>
        <Endpoint>${QUEUE_ARN}</Endpoint>
      </member>
    </Subscriptions>
`;
  for (const operation of ["ListSubscriptions", "ListSubscriptionsByTopic"]) {
    expect(await server.post(`Action=${operation}&TopicArn=${TOPIC_ARN}`)).toEqual(
      success(operation, `  <${operation}Result>\n${listed}  </${operation}Result>\n`),
    );
  }
});

test("listings without items are empty elements", async () => {
  await using server = await aServer();
  expect(await server.post("Action=ListTopics")).toEqual(
    success("ListTopics", "  <ListTopicsResult>\n    <Topics/>\n  </ListTopicsResult>\n"),
  );
  expect(await server.post("Action=ListPhoneNumbersOptedOut")).toEqual(
    success(
      "ListPhoneNumbersOptedOut",
      "  <ListPhoneNumbersOptedOutResult>\n    <phoneNumbers/>\n  </ListPhoneNumbersOptedOutResult>\n",
    ),
  );
});

test("some operations' members begin with small letters", async () => {
  await using server = await aServer();
  const entry = "attributes.entry.1.key=DefaultSMSType&attributes.entry.1.value=Transactional";
  expect(await server.post(`Action=SetSMSAttributes&${entry}`)).toEqual(
    success("SetSMSAttributes", "  <SetSMSAttributesResult/>\n"),
  );
  expect(await server.post("Action=GetSMSAttributes&attributes.member.1=DefaultSMSType")).toEqual(
    success(
      "GetSMSAttributes",
      `  <GetSMSAttributesResult>
    <attributes>
      <entry>
        <key>DefaultSMSType</key>
        <value>Transactional</value>
      </entry>
    </attributes>
  </GetSMSAttributesResult>
`,
    ),
  );
  expect(await server.post("Action=CheckIfPhoneNumberIsOptedOut&phoneNumber=%2B15551234567")).toEqual(
    success(
      "CheckIfPhoneNumberIsOptedOut",
      "  <CheckIfPhoneNumberIsOptedOutResult>\n    <isOptedOut>false</isOptedOut>\n  </CheckIfPhoneNumberIsOptedOutResult>\n",
    ),
  );
  expect(await server.post(`Action=SetSMSAttributes&${entry.replaceAll("attributes", "Attributes")}`)).toEqual(
    failure(
      400,
      "ValidationError",
      "1 validation error detected: Value null at 'attributes' failed to satisfy constraint: Member must not be null",
    ),
  );
});

test("errors are the same in every way of asking, signed or not", async () => {
  await using server = await aServer();
  const missing = failure(404, "NotFound", "Topic does not exist");
  expect(await server.post(`Action=GetTopicAttributes&TopicArn=${TOPIC_ARN}`)).toEqual(missing);
  expect(await server.postQuery(`Action=GetTopicAttributes&TopicArn=${TOPIC_ARN}`)).toEqual(missing);
  expect(await server.follow(`Action=GetTopicAttributes&TopicArn=${TOPIC_ARN}`)).toEqual(missing);
});

test.for([
  [`Action=ConfirmSubscription&TopicArn=${TOPIC_ARN}&Token=abc`, failure(400, "InvalidParameter", "Invalid token")],
  [
    `Action=Unsubscribe&SubscriptionArn=${TOPIC_ARN}`,
    failure(400, "InvalidParameter", "Invalid parameter: SubscriptionId"),
  ],
  [`Action=Unsubscribe&SubscriptionArn=${TOPIC_ARN}:a`, success("Unsubscribe", "")],
] as const)("a link, %s, is followed without signature and version", async ([link, expected]) => {
  await using server = await aServer();
  expect(await server.follow(link)).toEqual(expected);
});

test("a link to a host of another region confirms no topic of this one", async () => {
  await using emulator = await anEmulator();
  const path = `/?Action=ConfirmSubscription&TopicArn=${TOPIC_ARN}&Token=${"a".repeat(288)}`;
  const answerAt = async (host: string): Promise<string> => {
    using connection = await RawConnection.to(Number(new URL(emulator.endpoint).port));
    await connection.say(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    return await connection.hears("</ErrorResponse>");
  };
  expect(await answerAt("sns.eu-west-1.amazonaws.com")).toContain("<Message>Invalid parameter: Topic</Message>");
  expect(await answerAt("sns.us-east-1.amazonaws.com")).toContain("<Message>Invalid parameter: Token</Message>");
  expect(await answerAt("localhost")).toContain("<Message>Invalid parameter: Token</Message>");
});

test("one entry without a group fails a whole batch", async () => {
  await using server = await aServer();
  const fifo = "Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=true";
  await server.post(`Action=CreateTopic&Name=orders.fifo&${fifo}`);
  const entry = (index: number, more: string) =>
    ["Id", "Message", "MessageDeduplicationId"]
      .map((name) => `PublishBatchRequestEntries.member.${index}.${name}=${index}`)
      .join("&") + more;
  const entries = `${entry(1, "&PublishBatchRequestEntries.member.1.MessageGroupId=g")}&${entry(2, "")}`;
  expect(await server.post(`Action=PublishBatch&TopicArn=${TOPIC_ARN}.fifo&${entries}`)).toEqual(
    failure(400, "InvalidParameter", "Invalid parameter: The MessageGroupId parameter is required for FIFO topics"),
  );
});

// As several recorded answers have it, which is not the order of the model.
test("a batch tells what failed before what did not, and an id after that of its message", async () => {
  await using server = await aServer();
  await server.post("Action=CreateTopic&Name=orders");
  const entry = "PublishBatchRequestEntries.member.1";
  const { body } = await server.post(`Action=PublishBatch&TopicArn=${TOPIC_ARN}&${entry}.Id=a&${entry}.Message=x`);
  const elements = [...body.matchAll(/<(\w+)(\/?)>/g)].map(([, name, isEmpty]) => `${name}${isEmpty}`);
  expect(elements.slice(0, 6)).toEqual(["PublishBatchResult", "Failed/", "Successful", "member", "MessageId", "Id"]);
});

test("in the profile aws, the counts of subscriptions lag behind", async () => {
  await using emulator = await anEmulator({ profile: "aws" });
  const ask = async (form: string): Promise<string> => (await fetch(`${emulator.endpoint}/?${form}`)).text();
  await ask("Action=CreateTopic&Name=orders");
  await ask(`Action=Subscribe&TopicArn=${TOPIC_ARN}&Protocol=sqs&Endpoint=${QUEUE_ARN}`);
  const confirmed = async () => {
    const answer = await ask(`Action=GetTopicAttributes&TopicArn=${TOPIC_ARN}`);
    return /<key>SubscriptionsConfirmed<\/key>\s*<value>(\d+)</.exec(answer)![1];
  };
  expect(await confirmed()).toBe("0");
  await emulator.clock().advance(60_000);
  expect(await confirmed()).toBe("1");
});

test("an action that does not exist is named", async () => {
  await using server = await aServer();
  expect(await server.post("Action=Nonsense&Version=2010-03-31")).toEqual(
    failure(400, "InvalidAction", "Could not find operation Nonsense for version 2010-03-31"),
  );
});

test.for(["Action=%zz", "Action=ListTopics&NextToken=%FF", "Action=Publish&Message=%E2%82"])(
  "the form %s, which cannot be taken apart, is not found",
  async (form) => {
    await using server = await aServer();
    expect(await server.post(form)).toEqual(
      failure(404, "MalformedQueryString", "The query string contains a syntax error."),
    );
  },
);
