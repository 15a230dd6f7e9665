import * as sdk from "@aws-sdk/client-sqs";
import { QueryClient, QueryError, type XmlElement, type XmlNode } from "./query-client.ts";

export type Members = Readonly<Record<string, unknown>>;

/** One way to call SQS. Input and output are the SDK's, whatever travels between. */
export interface SqsCaller extends Disposable {
  call(operation: string, input: Members): Promise<Members>;
  /** Query code, status and text of what the call is refused with. */
  refusal(operation: string, input: Members): Promise<{ code: string; status: number; message: string }>;
}

/** Calls through the SDK, in JSON. */
export function jsonCaller(
  endpoint: string,
  credentials = { accessKeyId: "test", secretAccessKey: "test" },
): SqsCaller {
  const client = new sdk.SQSClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  const commands = sdk as unknown as Record<string, new (input: Members) => sdk.ListQueuesCommand>;
  const call = async (operation: string, input: Members): Promise<Members> => {
    const { $metadata: _, ...output } = await client.send(new commands[`${operation}Command`]!(input));
    return output;
  };
  return {
    call,
    refusal: async (operation, input) => {
      const cause = await refusalOf(call(operation, input));
      if (!(cause instanceof sdk.SQSServiceException)) throw cause;
      const { Code: code } = cause as unknown as { Code: string };
      return { code, status: cause.$metadata.httpStatusCode!, message: cause.message };
    },
    [Symbol.dispose]: () => client.destroy(),
  };
}

/** Calls with signed forms and reads XML. */
export function queryCaller(endpoint: string): SqsCaller {
  const client = new QueryClient({ name: "sqs", version: "2012-11-05" }, endpoint);
  const call = async (operation: string, input: Members): Promise<Members> =>
    readResult(await client.call(operation, Object.fromEntries(flatten(operation, input))));
  return {
    call,
    refusal: async (operation, input) => {
      const cause = await refusalOf(call(operation, input));
      if (!(cause instanceof QueryError)) throw cause;
      return { code: cause.code, status: cause.status, message: cause.message };
    },
    [Symbol.dispose]: () => {},
  };
}

async function refusalOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
  } catch (cause) {
    return cause;
  }
  throw new Error("the call was expected to be refused");
}

/** How forms name the lists and maps of the inputs. */
const FORM_NAMES: Readonly<Record<string, string>> = {
  Attributes: "Attribute",
  MessageAttributes: "MessageAttribute",
  MessageSystemAttributes: "MessageSystemAttribute",
  AttributeNames: "AttributeName",
  MessageSystemAttributeNames: "AttributeName",
  MessageAttributeNames: "MessageAttributeName",
  Tags: "Tag",
  tags: "Tag",
  TagKeys: "TagKey",
  AWSAccountIds: "AWSAccountId",
  Actions: "ActionName",
};

function* flatten(operation: string, input: Members, prefix = ""): IterableIterator<[string, string]> {
  for (const [member, value] of Object.entries(input)) {
    const name = prefix + (member === "Entries" ? `${operation}RequestEntry` : (FORM_NAMES[member] ?? member));
    if (value instanceof Uint8Array) yield [name, Buffer.from(value).toString("base64")];
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) yield* flattenItem(operation, item, `${name}.${index + 1}`);
    } else if (typeof value === "object" && value !== null) {
      for (const [index, [key, entry]] of Object.entries(value).entries()) {
        const isTag = name.endsWith("Tag");
        yield [`${name}.${index + 1}.${isTag ? "Key" : "Name"}`, key];
        yield* flattenItem(operation, entry, `${name}.${index + 1}.Value`);
      }
    } else yield [name, String(value)];
  }
}

function* flattenItem(operation: string, item: unknown, name: string): IterableIterator<[string, string]> {
  if (typeof item === "object" && item !== null) yield* flatten(operation, item as Members, `${name}.`);
  else yield [name, String(item)];
}

/** Elements that are items of a list, and what the SDK calls the list. */
const LISTS: Readonly<Record<string, string>> = {
  Message: "Messages",
  QueueUrl: "QueueUrls",
  BatchResultErrorEntry: "Failed",
  SendMessageBatchResultEntry: "Successful",
  DeleteMessageBatchResultEntry: "Successful",
  ChangeMessageVisibilityBatchResultEntry: "Successful",
  ListMessageMoveTasksResultEntry: "Results",
};
/** Elements that are entries of a map, what the SDK calls the map, and what they call their keys. */
const MAPS: Readonly<Record<string, readonly [map: string, key: string]>> = {
  Attribute: ["Attributes", "Name"],
  MessageAttribute: ["MessageAttributes", "Name"],
  Tag: ["Tags", "Key"],
};

function readResult(result: XmlNode | undefined): Members {
  if (result === undefined || typeof result === "string") return {};
  const output: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(result as XmlElement)) {
    const nodes = Array.isArray(node) ? (node as readonly XmlElement[]) : [node as XmlElement];
    const map = MAPS[name];
    if (map !== undefined) output[map[0]] = Object.fromEntries(nodes.map((entry) => readEntry(entry, map[1])));
    // A queue's URL is an item of ListQueues, but a member of its own elsewhere.
    else if (name in LISTS && (name !== "Message" || typeof nodes[0] !== "string"))
      output[LISTS[name]!] = nodes.map(read);
    else output[name] = read(node);
  }
  return output;
}

function read(node: XmlNode): unknown {
  return typeof node === "string" ? node : readResult(node);
}

function readEntry(entry: XmlElement, keyName: string): [string, unknown] {
  const { Value: value } = entry as { Value: XmlNode };
  return [String(entry[keyName]), typeof value === "string" ? value : readAttribute(value as XmlElement)];
}

function readAttribute({ BinaryValue, ...attribute }: XmlElement): Members {
  return BinaryValue === undefined
    ? attribute
    : { ...attribute, BinaryValue: new Uint8Array(Buffer.from(String(BinaryValue), "base64")) };
}
