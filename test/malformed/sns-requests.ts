import fc from "fast-check";
import type { Contract } from "../../src/model/contract.ts";
import { type Shape, shapeOf } from "../../src/model/shape.ts";

/*
 * Requests to SNS that are nearly right: the names come from the operations' own contracts, the values are what belongs
 * there, half of what belongs there, or anything else; then the form as a whole is bent a little.
 */

const ACCOUNT = "000000000000";
export const TOPIC_ARN = `arn:aws:sns:us-east-1:${ACCOUNT}:orders`;
const FIFO_ARN = `${TOPIC_ARN}.fifo`;
const APPLICATION_ARN = `arn:aws:sns:us-east-1:${ACCOUNT}:app/GCM/shop`;

/** A request before it becomes bytes. */
export interface OddRequest {
  readonly method: string;
  readonly contentType: string;
  readonly query: string;
  readonly body: Buffer;
  readonly isSigned: boolean;
}

const arn = fc.constantFrom(
  ...[TOPIC_ARN, FIFO_ARN, APPLICATION_ARN, `${TOPIC_ARN}:d36f7c67-0000-4000-8000-000000000000`],
  ...[`arn:aws:sqs:us-east-1:${ACCOUNT}:orders`, `arn:aws:iam::${ACCOUNT}:role/r`, "arn:aws:sns:eu-west-1:1:x"],
  ...["", "arn", ":::::", "::::::", "arn:aws:sns:us-east-1", "pending confirmation", "arn:aws:sns:us-east-1:x:y:z:a:b"],
);

const oddText = fc.oneof(
  fc.constantFrom("", " ", "true", "TRUE", "-1", "0", "1e99", "999999999999999999999", "json", "orders", "orders.fifo"),
  fc.constantFrom(
    "\u0000",
    "\ufffe",
    "\ud83d\ude00",
    "é".repeat(200),
    "__proto__",
    "constructor",
    "toString",
    "\r\n\r\n",
  ),
  fc.constantFrom(
    "+15551234567",
    "http://127.0.0.1:1/",
    "https://",
    "http://[",
    "a@b",
    "Number",
    "String.Array",
    "AgME",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const POLICY_WORDS = [
  ...[
    "http",
    "defaultHealthyRetryPolicy",
    "healthyRetryPolicy",
    "throttlePolicy",
    "requestPolicy",
    "headerContentType",
  ],
  ...["numRetries", "minDelayTarget", "maxDelayTarget", "maxReceivesPerSecond", "backoffFunction", "guaranteed"],
  ...["deadLetterTargetArn", "PointType", "StartingPoint", "EndingPoint", "MessageRetentionPeriod"],
  ...["Version", "Statement", "Sid", "Effect", "Principal", "Action", "Resource", "Condition"],
  ...[
    "Name",
    "DataDirection",
    "DataIdentifier",
    "Operation",
    "Deny",
    "Deidentify",
    "MaskConfig",
    "Audit",
    "SampleRate",
  ],
  ...["$or", "prefix", "anything-but", "numeric", "cidr", "wildcard", "exists", "default", "sqs", "__proto__"],
];

const jsonScalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    20,
    "",
    "Allow",
    "SNS:Publish",
    "Inbound",
    "Timestamp",
  ),
  fc.constantFrom<unknown>(
    "linear",
    "2023-10-01T10:00:00.000Z",
    "30",
    "*",
    "2021-06-01",
    "application/json",
    "10.0.0.0/8",
  ),
  arn,
);

/** JSON out of the words that policies are made of, in any order. */
export const oddJson = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  object: fc.dictionary(fc.constantFrom(...POLICY_WORDS), tie("value"), { maxKeys: 5 }),
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    jsonScalar,
    tie("object"),
    fc.array(tie("value"), { maxLength: 4 }),
  ),
})).object;

const NESTINGS = ["[", '{"a":', '[{"prefix":', '{"$or":[{"a":["x"]},', '{"http":', '{"Statement":['];

/** The text of a policy, whole, cut off, or nested without end. */
export const oddJsonText = fc.oneof(
  { weight: 5, arbitrary: oddJson.map((value) => JSON.stringify(value)) },
  oddJson.chain((value) => fc.nat(50).map((end) => JSON.stringify(value).slice(0, end))),
  fc.tuple(fc.constantFrom(...NESTINGS), fc.nat(3000)).map(([opening, depth]) => opening.repeat(depth)),
  fc.nat(3000).map((depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`),
  fc.nat(3000).map((depth) => `${'{"a":'.repeat(depth)}["x"]${"}".repeat(depth)}`),
  fc.nat(3000).map((depth) => `{"Statement":${'[{"Principal":'.repeat(depth)}"*"${"}]".repeat(depth)}}`),
);

const ATTRIBUTE_NAMES = [
  ...["DisplayName", "Policy", "DeliveryPolicy", "FifoTopic", "ContentBasedDeduplication", "ArchivePolicy"],
  ...[
    "FilterPolicy",
    "FilterPolicyScope",
    "RedrivePolicy",
    "RawMessageDelivery",
    "ReplayPolicy",
    "SubscriptionRoleArn",
  ],
  ...["PlatformCredential", "PlatformPrincipal", "Enabled", "Token", "CustomUserData", "DefaultSMSType", "AWS.SNS.X"],
];

const value = fc.oneof(
  { weight: 3, arbitrary: arn },
  { weight: 3, arbitrary: oddText },
  { weight: 3, arbitrary: oddJsonText },
  { weight: 2, arbitrary: fc.constantFrom(...ATTRIBUTE_NAMES) },
  { weight: 1, arbitrary: fc.nat(300_000).map((length) => "x".repeat(length)) },
);

const index = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("1", "1", "2", "3", "10", "11") },
  fc.constantFrom("0", "01", "-1", "1.5", "x", "", "999999999999999999999", "__proto__", "9".repeat(400)),
);

/** The name of something in a list or map, `Tags.member.1.Key`, and what else could stand there. */
function names(shape: Shape, name: string): fc.Arbitrary<string> {
  switch (shape.kind) {
    case "list":
      return index.chain((number) => names(shape.item, `${name}.member.${number}`));
    case "map":
      return fc
        .tuple(index, fc.boolean())
        .chain(([number, isKey]) =>
          isKey
            ? fc.constant(`${name}.entry.${number}.${shape.keyName}`)
            : names(shape.value, `${name}.entry.${number}.${shape.valueName}`),
        );
    case "structure":
      return fc
        .constantFrom(...Object.entries(shape.members))
        .chain(([member, inner]) => names(shapeOf(inner), name === "" ? member : `${name}.${member}`));
    default:
      return fc.constant(name);
  }
}

/** Names as they are, without their end, or with more than there should be. */
function bent(name: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const cut = fc.tuple(name, fc.nat(5)).map(([whole, count]) => whole.split(".").slice(0, count).join("."));
  const grown = fc
    .tuple(name, fc.constantFrom(".1", ".key", "..", ".a".repeat(20), "."))
    .map((parts) => parts.join(""));
  return fc.oneof({ weight: 8, arbitrary: name }, cut, grown);
}

function parametersOf({ name, input }: Contract): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const action: readonly [string, string] = ["Action", name];
  if (Object.keys(input.members).length === 0) return fc.constant([action]);
  const parameter = fc.tuple(bent(names(input, "")), value);
  const others = fc.constantFrom<readonly [string, string]>(
    ["Action", "Nonsense"],
    ["Action", ""],
    ["Version", "2010-03-31"],
    ["Version", "1999-01-01"],
    ["", ""],
  );
  return fc
    .array(fc.oneof({ weight: 12, arbitrary: parameter }, others), { maxLength: 10 })
    .map((rest) => [action, ...rest]);
}

function encode(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, text]) => `${name}=${encodeURIComponent(Buffer.from(text).toString())}`).join("&");
}

/** The form as it is, cut off, or with something in it that no form has. */
function damaged(form: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  const place = fc.tuple(form, fc.double({ min: 0, max: 1, noNaN: true }));
  const cutAt = (text: string, share: number): number => Math.floor(text.length * share);
  const stray = fc.constantFrom(
    "%",
    "%z",
    "%f",
    "%ff%fe",
    "%00",
    "&&&&",
    "=",
    "+",
    "\xff\xfe",
    "%C3%28",
    "&=&",
    "&Action=&",
  );
  return fc.oneof(
    { weight: 6, arbitrary: form.map((text) => Buffer.from(text)) },
    place.map(([text, share]) => Buffer.from(text.slice(0, cutAt(text, share)))),
    fc.tuple(place, stray).map(([[text, share], wedge]) => {
      const at = cutAt(text, share);
      return Buffer.from(text.slice(0, at) + wedge + text.slice(at), "latin1");
    }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
}

const CONTENT_TYPES = [
  ...["application/x-www-form-urlencoded; charset=utf-8", "application/x-www-form-urlencoded"],
  ...["application/x-www-form-urlencoded; charset=utf-16", "application/json", "text/plain", "", "multipart/form-data"],
  ...["application/x-amz-json-1.0", "application/x-amz-json-1.1", "application/cbor", ";;;", "a".repeat(500)],
];

const METHODS = ["PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"];

/** Any request at all for one of the operations. */
export function oddRequest(operations: readonly Contract[]): fc.Arbitrary<OddRequest> {
  const form = fc
    .constantFrom(...operations)
    .chain(parametersOf)
    .map(encode);
  return fc
    .record({
      method: fc.oneof({ weight: 12, arbitrary: fc.constantFrom("POST", "POST", "GET") }, fc.constantFrom(...METHODS)),
      contentType: fc.oneof(
        { weight: 8, arbitrary: fc.constant(CONTENT_TYPES[0]!) },
        fc.constantFrom(...CONTENT_TYPES),
      ),
      content: damaged(form),
      isInQuery: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
      isSigned: fc.boolean(),
    })
    .map(({ content, isInQuery, ...request }) =>
      isInQuery || request.method === "GET"
        ? { ...request, query: forRequestLine(content), body: Buffer.alloc(0) }
        : { ...request, query: "", body: content },
    );
}

/** A request line ends at the first blank, and is no longer than heads may be. */
function forRequestLine(content: Buffer): string {
  return content
    .toString("latin1")
    .replace(/[\s\0]/g, "+")
    .slice(0, 12_000);
}
