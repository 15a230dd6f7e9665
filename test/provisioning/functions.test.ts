import { realpathSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { createEmulator } from "../../src/app/emulator.ts";
import { linesOf, provisioned } from "../support/declaring.ts";
import { CODE } from "../support/lambda.ts";
import { CodeFolder } from "../support/runtime.ts";

const fileOf = (directory: string, more = "") => `
queues: [orders, failed, done, broken]
streams: { clicks: { ShardCount: 1 } }
topics:
  events:
    subscriptions: [{ Endpoint: worker, Protocol: lambda }]
functions:
  worker:
    directory: ${directory}
    handler: index.handler
    timeout: 30
    memory: 256
    environment: { STAGE: test, LIMIT: 7 }
    deadLetterQueue: failed
    onSuccess: done
    onFailure: arn:aws:sqs:us-east-1:000000000000:failed
    eventSources:
      - orders
      - { stream: clicks, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2, onFailure: broken }
${more}`;

const sqs = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const FunctionName = "worker";
const PLACE = { account: "000000000000", region: "us-east-1" };

describe("a file declares functions", () => {
  test("with settings, destinations, event sources and the permission of topics", async () => {
    using folder = new CodeFolder({ "index.js": "exports.handler = async () => {};" });
    await using here = provisioned();
    const lines = linesOf(await here.apply(fileOf(folder.path)));
    expect(lines.slice(-3)).toEqual([
      "created function worker",
      "created event source orders > worker",
      "created event source stream/clicks > worker",
    ]);
    expect(await here.call("lambda", "GetFunctionConfiguration", { FunctionName })).toMatchObject({
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Timeout: 30,
      MemorySize: 256,
      Environment: { Variables: { STAGE: "test", LIMIT: "7" } },
      DeadLetterConfig: { TargetArn: sqs("failed") },
    });
    expect(await here.call("lambda", "GetFunctionEventInvokeConfig", { FunctionName })).toMatchObject({
      DestinationConfig: { OnSuccess: { Destination: sqs("done") }, OnFailure: { Destination: sqs("failed") } },
    });
    const { EventSourceMappings } = await here.call<{ EventSourceMappings: { EventSourceArn: string }[] }>(
      "lambda",
      "ListEventSourceMappings",
      { FunctionName },
    );
    expect(EventSourceMappings.find(({ EventSourceArn }) => EventSourceArn === sqs("orders"))).toMatchObject({
      State: "Enabled",
    });
    expect(EventSourceMappings.find(({ EventSourceArn }) => EventSourceArn !== sqs("orders"))).toMatchObject({
      EventSourceArn: "arn:aws:kinesis:us-east-1:000000000000:stream/clicks",
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: sqs("broken") } },
    });
    const { Policy } = await here.call<{ Policy: string }>("lambda", "GetPolicy", { FunctionName });
    expect(JSON.parse(Policy).Statement[0]).toMatchObject({
      Principal: { Service: "sns.amazonaws.com" },
      Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:sns:us-east-1:000000000000:events" } },
    });
  });

  test("which again changes nothing, and changes what differs", async () => {
    using folder = new CodeFolder({ "index.js": "exports.handler = async () => {};" });
    await using here = provisioned();
    await here.apply(fileOf(folder.path));
    expect(linesOf(await here.apply(fileOf(folder.path)))).toEqual([]);
    const other = fileOf(folder.path)
      .replace("timeout: 30", "timeout: 60")
      .replace("onSuccess: done", "onSuccess: orders")
      .replace("MaximumRetryAttempts: 2", "MaximumRetryAttempts: 3");
    expect(linesOf(await here.apply(other))).toEqual([
      `changed function worker; code or settings; OnSuccess: ${sqs("orders")}`,
      "changed event source stream/clicks > worker; MaximumRetryAttempts",
    ]);
    expect(linesOf(await here.apply(other))).toEqual([]);
    const fewer = other.replace("    onFailure: arn:aws:sqs:us-east-1:000000000000:failed\n", "");
    expect(linesOf(await here.apply(fewer.replace("onSuccess: orders", "onSuccess: done")))).toEqual([
      `changed function worker; OnSuccess: ${sqs("done")}`,
    ]);
    expect(await here.call("lambda", "GetFunctionEventInvokeConfig", { FunctionName })).toMatchObject({
      DestinationConfig: { OnSuccess: { Destination: sqs("done") }, OnFailure: { Destination: sqs("failed") } },
    });
  });

  test("which are taken back when something cannot be", async () => {
    using folder = new CodeFolder({ "index.js": "exports.handler = async () => {};" });
    await using here = provisioned();
    await expect(here.apply(fileOf(folder.path, "      - nowhere\n"))).rejects.toThrow(
      /^waystation\.yaml:20:9: event source nowhere of function worker: /,
    );
    await expect(here.call("lambda", "GetFunction", { FunctionName })).rejects.toThrow("Function not found");
    expect(await here.call("lambda", "ListEventSourceMappings", {})).toEqual({ EventSourceMappings: [] });
  });

  test("which a server has from the start, and invokes", async () => {
    using folder = new CodeFolder({ "index.js": "exports.handler = async ({ Records }) => Records[0].body;" });
    using file = new CodeFolder({ "waystation.yaml": fileOf(folder.path) });
    await using emulator = await createEmulator({ config: `${file.path}/waystation.yaml` });
    emulator.clock().freeze();
    const QueueUrl = `${emulator.endpoint}/000000000000/orders`;
    await emulator.client(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
    await emulator.settled();
    const [invocation] = await emulator.invocations({ function: FunctionName });
    expect(invocation).toMatchObject({ outcome: "answered", response: '"hello"' });
  });

  test("whose directories start at the folder of the file, wherever the server was started", async () => {
    const handler = "exports.handler = async () => process.cwd();";
    const text = `functions:
  beside: { directory: ./code, handler: index.handler }
  commanded: { command: [node, main.js] }
`;
    using folder = new CodeFolder({ "waystation.yaml": text, "code/index.js": handler });
    await using emulator = await createEmulator({ config: `${folder.path}/waystation.yaml` });
    const client = emulator.client(LambdaClient);
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: "beside" }));
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toBe(`${realpathSync(folder.path)}/code`);
    const functions = await emulator.functions();
    expect(functions.map(({ name, code }) => [name, code.location])).toEqual([
      ["beside", `${folder.path}/code`],
      ["commanded", folder.path],
    ]);
  });

  test("which run by a command, under a debugger or behind a URL as well", async () => {
    await using here = provisioned();
    const text = `functions:\n  a: { command: [node, a.js] }\n  b: { attach: true }\n  c: { url: "http://localhost:9" }\n`;
    expect(linesOf(await here.apply(text))).toEqual(["created function a", "created function b", "created function c"]);
    expect(linesOf(await here.apply(text))).toEqual([]);
  });

  test.for([
    ["f: { handlr: a.b }", "2:8: there is no handlr here; did you mean handler?"],
    ["f: {}", "2:3: the function f: it has a directory, a command, attach or a url, one of them"],
    ["f: { directory: /nowhere, handler: a.b }", "2:3: the function f: there is no directory /nowhere"],
    ["f: { url: http://a, timeout: 901 }", "2:3: the function f: timeout is a whole number from 1 to 900"],
    ["f: { attach: 99999 }", "2:8: attach must be true, or a port"],
    ["f: { url: http://a, eventSources: [{}] }", "2:38: an event source is a queue or a stream"],
  ])("and %s is refused", async ([text, complaint]) => {
    await using here = provisioned();
    await expect(here.apply(`functions:\n  ${text}\n`)).rejects.toThrow(complaint);
  });
});

describe("what is exported of functions", () => {
  test("is what a file says of them, and no more", async () => {
    using folder = new CodeFolder({ "index.js": "exports.handler = async () => {};" });
    await using here = provisioned();
    const more = `      - { stream: clicks2, StartingPosition: AT_TIMESTAMP, StartingPositionTimestamp: 86400, BatchSize: 7, Enabled: false, ParallelizationFactor: 2 }
  commanded: { command: [node, main.js], directory: ${folder.path} }
  watched: { attach: 9001 }
  elsewhere: { url: "http://localhost:9", runtime: python3.12, reservedConcurrency: 2 }
`;
    await here.apply(fileOf(folder.path, more).replace("{ clicks: ", "{ clicks2: { ShardCount: 1 }, clicks: "));
    const exported = await here.export(PLACE);
    expect(linesOf(await here.apply(exported))).toEqual([]);
    expect(exported.slice(exported.indexOf("functions:"))).toBe(`functions:
  commanded:
    command:
      - node
      - main.js
    directory: ${folder.path}
  elsewhere:
    url: http://localhost:9
    runtime: python3.12
    reservedConcurrency: 2
  watched:
    attach: 9001
  worker:
    directory: ${folder.path}
    handler: index.handler
    timeout: 30
    memory: 256
    environment:
      STAGE: test
      LIMIT: "7"
    deadLetterQueue: failed
    onSuccess: done
    onFailure: failed
    eventSources:
      - stream: clicks
        MaximumRetryAttempts: 2
        BisectBatchOnFunctionError: true
        onFailure: broken
      - stream: clicks2
        BatchSize: 7
        StartingPosition: AT_TIMESTAMP
        StartingPositionTimestamp: 86400
        ParallelizationFactor: 2
        Enabled: false
      - orders
`);
    await using other = provisioned();
    await other.apply(exported);
    expect(await other.export(PLACE)).toBe(exported);
  });

  test("leaves out zip files, and says so", async () => {
    await using here = provisioned();
    const Code = { ZipFile: Buffer.from(CODE).toString("base64") };
    const Role = "arn:aws:iam::000000000000:role/any";
    await here.call("lambda", "CreateFunction", { FunctionName, Runtime: "nodejs22.x", Handler: "a.b", Role, Code });
    expect(await here.export(PLACE)).toBe("{}\n");
    expect(await here.exportNotes(PLACE)).toEqual([
      "The function worker of 000000000000 in us-east-1 is left out: it is a zip file, and a file names directories.",
    ]);
  });
});
