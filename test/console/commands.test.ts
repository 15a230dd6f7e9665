import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { awsCliOf, cliNameOf } from "../../src/console/page/call/aws-cli.ts";
import { commandOf, quoted } from "../../src/console/page/call/command.ts";
import { curlOf } from "../../src/console/page/call/curl.ts";
import { invokeCommands } from "../../src/console/page/function/invoke-commands.ts";

const WHERE = { region: "eu-west-1", account: "111111111111", endpoint: "http://127.0.0.1:4566" };
const QueueUrl = "http://127.0.0.1:4566/111111111111/jobs";

/** The words that a shell makes of a command. */
function wordsIn(command: string | undefined): readonly string[] {
  const script = `for word in ${command}; do printf '%s\\0' "$word"; done`;
  return execFileSync("sh", ["-c", script]).toString().split("\0").slice(0, -1);
}

test.for([
  ["nothing", ""],
  ["a blank", "a b"],
  ["quotes", `it's "so" 'and' so`],
  ["a backslash", "a\\b\\\\n\\"],
  ["what a shell runs", "$(touch x) `id` $HOME"],
  ["what a shell matches", "* ? [a-z] {a,b} ~"],
  ["what ends a command", "a; b & c | d > e < f # g !h"],
  ["lines", "first\nsecond\r\n\tthird\n"],
  ["other letters", "Grüße 🚚 \u2028"],
  ["what needs no quotes", "http://127.0.0.1:4566/a,b+c=d%20@e.f-g_h"],
] as const)("a word with %s reaches the command as it is", ([_, text]) => {
  expect(wordsIn(`x ${quoted(text)} y`)).toEqual(["x", text, "y"]);
});

test("a command goes on over lines", () => {
  const parts = [["a", "b c"], ["-d", "e\nf"], ["-g"]];
  expect(commandOf(parts)).toBe("a 'b c' \\\n  -d 'e\nf' \\\n  -g");
  expect(wordsIn(commandOf(parts))).toEqual(["a", "b c", "-d", "e\nf", "-g"]);
});

test.for([
  ["SendMessage", "send-message"],
  ["QueueUrl", "queue-url"],
  ["StreamARN", "stream-arn"],
  ["AWSAccountIds", "aws-account-ids"],
  ["MD5OfBody", "md5-of-body"],
  ["GetSMSAttributes", "get-sms-attributes"],
  ["CreateSMSSandboxPhoneNumber", "create-sms-sandbox-phone-number"],
  ["ListTagsForResource", "list-tags-for-resource"],
  ["phoneNumber", "phone-number"],
  ["ResourceARNs", "resource-arns"],
] as const)("the AWS CLI calls %s %s", ([name, expected]) => {
  expect(cliNameOf(name)).toBe(expected);
});

describe("a command of the AWS CLI", () => {
  test("has an option for each member that is one word, and JSON for the others", () => {
    const MessageAttributes = { kind: { DataType: "String", StringValue: "it's" } };
    const input = { QueueUrl, MessageBody: '{"it\'s": "so"}', DelaySeconds: 0, MessageAttributes };
    const command = awsCliOf({ ...WHERE, service: "sqs", operation: "SendMessage", input });
    expect(command).toBe(
      [
        "AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=any",
        "aws sqs send-message",
        "--endpoint-url http://127.0.0.1:4566 --region eu-west-1",
        `--queue-url ${QueueUrl}`,
        `--message-body '{"it'\\''s": "so"}'`,
        "--delay-seconds 0",
        `--cli-input-json '{"MessageAttributes":{"kind":{"DataType":"String","StringValue":"it'\\''s"}}}'`,
      ].join(" \\\n  "),
    );
    expect(JSON.parse(wordsIn(command).at(-1) ?? "")).toEqual({ MessageAttributes });
  });

  test.for([
    ["another option", "--debug"],
    ["a file", "file:///etc/hosts"],
    ["a file of bytes", "fileb://body"],
    ["a text with U+0000", "a\0b"],
  ])("has what would be taken for %s in JSON", ([_, MessageBody]) => {
    const command = awsCliOf({ ...WHERE, service: "sqs", operation: "SendMessage", input: { QueueUrl, MessageBody } });
    expect(wordsIn(command).slice(-2)).toEqual(["--cli-input-json", JSON.stringify({ MessageBody })]);
  });

  test("has an option without a value for what is true or false", () => {
    const input = { StreamName: "clicks", EnforceConsumerDeletion: true, Other: false };
    const command = awsCliOf({ ...WHERE, service: "kinesis", operation: "DeleteStream", input });
    expect(wordsIn(command).slice(-3)).toEqual(["clicks", "--enforce-consumer-deletion", "--no-other"]);
  });

  test("names the receiver of a subscription as the AWS CLI does", () => {
    const input = { TopicArn: "arn:aws:sns:eu-west-1:111111111111:news", Protocol: "sqs", Endpoint: "arn:aws:sqs:q" };
    const command = awsCliOf({ ...WHERE, service: "sns", operation: "Subscribe", input });
    expect(wordsIn(command).slice(-2)).toEqual(["--notification-endpoint", "arn:aws:sqs:q"]);
  });

  test("is none where a call is more than its input", () => {
    expect(awsCliOf({ ...WHERE, service: "s3", operation: "PutObject", input: {} })).toBeUndefined();
    expect(awsCliOf({ ...WHERE, service: "constructor", operation: "PutObject", input: {} })).toBeUndefined();
  });
});

describe("commands that invoke a function", () => {
  const invoked = {
    ...WHERE,
    name: "pack",
    event: JSON.stringify({ "it's": -1 }),
    qualifier: "$LATEST",
    type: "RequestResponse",
  } as const;
  const { awsCli, curl } = invokeCommands(invoked);

  test("have the AWS CLI take the event as it is, and print the answer", () => {
    expect(wordsIn(awsCli).slice(3)).toEqual([
      ...["lambda", "invoke", "--endpoint-url", WHERE.endpoint, "--region", "eu-west-1"],
      ...["--function-name", "pack", "--qualifier", "$LATEST", "--invocation-type", "RequestResponse"],
      ...["--cli-binary-format", "raw-in-base64-out", `--payload=${invoked.event}`, "/dev/stdout"],
    ]);
  });

  test("have curl send it to the path of the function", () => {
    const words = wordsIn(curl);
    expect(words[1]).toBe(`${WHERE.endpoint}/2015-03-31/functions/pack/invocations?Qualifier=%24LATEST`);
    expect(words.slice(-2)).toEqual(["--data-raw", invoked.event]);
    expect(curl).toContain("Credential=111111111111/20260101/eu-west-1/lambda/aws4_request");
  });
});

describe("a command of curl", () => {
  test("sends JSON with target and account", () => {
    const input = { QueueUrl, MessageBody: "it's\n@file" };
    const words = wordsIn(curlOf({ ...WHERE, service: "sqs", operation: "SendMessage", input }));
    expect(words).toEqual([
      "curl",
      WHERE.endpoint,
      "-H",
      "Content-Type: application/x-amz-json-1.0",
      "-H",
      "X-Amz-Target: AmazonSQS.SendMessage",
      "-H",
      "X-Amz-Date: 20260101T000000Z",
      "-H",
      expect.stringContaining("Credential=111111111111/20260101/eu-west-1/sqs/aws4_request"),
      "--data-raw",
      JSON.stringify(input),
    ]);
  });

  test("sends the parameters of the Query protocol", () => {
    const input = {
      TopicArn: "arn:aws:sns:eu-west-1:111111111111:news",
      PublishBatchRequestEntries: [
        { Id: "1", Message: "it's = & so", MessageAttributes: { a: { DataType: "Number", StringValue: "1" } } },
      ],
      TagKeys: [],
      Attributes: { DisplayName: "x" },
      Flag: true,
    };
    const words = wordsIn(curlOf({ ...WHERE, service: "sns", operation: "PublishBatch", input }));
    expect(words.slice(6).filter((_, at) => at % 2 === 1)).toEqual([
      "Action=PublishBatch",
      "Version=2010-03-31",
      "TopicArn=arn:aws:sns:eu-west-1:111111111111:news",
      "PublishBatchRequestEntries.member.1.Id=1",
      "PublishBatchRequestEntries.member.1.Message=it's = & so",
      "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name=a",
      "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType=Number",
      "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue=1",
      "TagKeys=",
      "Attributes.entry.1.key=DisplayName",
      "Attributes.entry.1.value=x",
      "Flag=true",
    ]);
    expect(new Set(words.slice(6).filter((_, at) => at % 2 === 0))).toEqual(new Set(["--data-urlencode"]));
  });

  test("is none where each call has a path of its own", () => {
    expect(curlOf({ ...WHERE, service: "s3", operation: "PutObject", input: {} })).toBeUndefined();
  });
});
