/** What a shape lets through, and what it refuses with which demands. Both sides of every edge. */
export interface ConstrainedShape {
  readonly good: readonly unknown[];
  /** A value, how errors show it unless as it is in quotes, and what they demand of it. */
  readonly bad: readonly (readonly [value: unknown, demands: readonly string[], shown?: string])[];
}

export const NOT_NULL = "Member must not be null";
export const atLeast = (min: number) => `Member must have length greater than or equal to ${min}`;
export const atMost = (max: number) => `Member must have length less than or equal to ${max}`;
const matching = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`;
const oneOf = (values: readonly string[]) => `Member must satisfy enum value set: [${values.join(", ")}]`;

/** A text of that length: a head, and as much of the filler as it takes. */
export const filled = (length: number, head = "", filler = "a") => head + filler.repeat(length - head.length);
export const bytes = (length: number) => new Uint8Array(length);
const ordinals = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);
const mapOf = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, "v"]));

export const NAME = matching("[a-zA-Z0-9_.-]+");
export const HASH_KEY = matching("0|([1-9]\\d{0,38})");
export const SEQUENCE_NUMBER = matching("0|([1-9]\\d{0,128})");
export const KEY_BOUNDS = `[${atMost(128)}, ${atLeast(1)}]`;
export const VALUE_BOUNDS = `[${atMost(256)}, ${atLeast(0)}]`;
const CONSUMER = matching(
  "^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+",
);
const METRICS = [
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
  "ALL",
];

const ARN = "arn:aws:kinesis:us-east-1:000000000000:";
const NO_STREAM_ARNS = [
  "x",
  "stream/s",
  "arn:aws:sqs:us-east-1:000000000000:stream/s",
  "arn:aws:kinesis:us-east-1:1:stream/s",
  `${ARN}stream/`,
  `${ARN}stream/a b`,
  ` ${ARN}stream/s`,
];

function text(
  [min, max]: readonly [min: number, max: number],
  { form, head = "" }: { form?: string; head?: string } = {},
): ConstrainedShape {
  const tooLong = filled(max + 1, head);
  return {
    good: [filled(Math.max(min, head.length + 1), head), filled(max, head)],
    bad: [
      ["", [...(form === undefined ? [] : [form]), atLeast(min)]],
      [tooLong, [atMost(max)]],
    ],
  };
}

/** The same, with more that has not the form. */
function formed(
  bounds: readonly [min: number, max: number],
  { form, head }: { readonly form: string; readonly head?: string },
  formless: readonly string[],
): ConstrainedShape {
  const { good, bad } = text(bounds, head === undefined ? { form } : { form, head });
  return { good, bad: [...bad, ...formless.map((value) => [value, [form]] as const)] };
}

function number(min: number, max?: number): ConstrainedShape {
  const below = `Member must have value greater than or equal to ${min}`;
  const above = `Member must have value less than or equal to ${max}`;
  return {
    good: [min, max ?? 2147483647],
    bad: [[min - 1, [below]], ...(max === undefined ? [] : [[max + 1, [above]] as const])],
  };
}

function set(values: readonly string[], shown: readonly string[] = values): ConstrainedShape {
  return { good: values, bad: ["", "x", values[0]!.toLowerCase()].map((value) => [value, [oneOf(shown)]]) };
}

function digits(form: string, longest: number): ConstrainedShape {
  return {
    good: ["0", "1", filled(longest, "1", "0"), filled(longest, "9", "9")],
    bad: ["", "00", "01", "-1", "1.0", "x", filled(longest + 1, "1", "0")].map((value) => [value, [form]]),
  };
}

const ITERATOR_TYPES = ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"];
const streamArnForm = matching("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");

/** A list that cannot be empty. */
function some(max: number): ConstrainedShape {
  const items = (count: number) => Array.from({ length: count }, () => ({}));
  return {
    good: [items(1), items(max)],
    bad: [
      [[], [atLeast(1)]],
      [items(max + 1), [atMost(max)], ""],
    ],
  };
}

/** A text whose form leaves less room than its longest length. */
function tight(
  { form, max }: { readonly form: string; readonly max: number },
  good: readonly string[],
  formless: readonly string[],
): ConstrainedShape {
  return {
    good,
    bad: [
      ["", [form, atLeast(1)]],
      [filled(max + 1, "", " "), [form, atMost(max)]],
      ...formless.map((value) => [value, [form]] as const),
    ],
  };
}

const BUCKET = matching("arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63}");
const TABLE_BUCKET = matching("arn:aws[-a-z0-9]*:s3tables:[-a-z0-9]+:\\d{12}:bucket/[a-z0-9_-]{3,63}");
const TABLE_BUCKETS = "arn:aws:s3tables:us-east-1:000000000000:bucket/";
const SCHEMA = matching("arn:aws[-a-z0-9]*:glue:[-a-z0-9]+:\\d{12}:schema/[-a-zA-Z0-9_$#.]+/[-a-zA-Z0-9_$#.]+");
const SCHEMAS = "arn:aws:glue:us-east-1:000000000000:schema/";
const ROLE = matching("arn:aws[-a-z0-9]*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+");
const ROLES = "arn:aws:iam::000000000000:role/";
const SOURCE = matching("[a-zA-Z0-9\\.\\_]+");
const OWNER = matching("\\d{12}");

/** Kinesis reference 2.2, 2.3, 2.5. */
export const shapes = {
  name: {
    good: ["a", "aA0_.-", filled(128)],
    bad: [
      ["", [NAME, atLeast(1)]],
      ["a b", [NAME]],
      ["ä", [NAME]],
      ["a\n", [NAME]],
      [filled(129), [atMost(128)]],
      [filled(129, "/"), [NAME, atMost(128)]],
    ],
  },
  streamArn: formed([1, 2048], { form: streamArnForm, head: `${ARN}stream/` }, [
    ...NO_STREAM_ARNS,
    `${ARN}.stream/s`,
    `${ARN}channel/s`,
  ]),
  resourceArn: formed(
    [1, 2048],
    { form: matching("arn:aws.*:kinesis:.*:\\d{12}:.*(stream|channel|queue)/\\S+"), head: `${ARN}stream/` },
    NO_STREAM_ARNS,
  ),
  consumerArn: {
    good: [`${ARN}stream/s/consumer/c:1`, filled(2048, `${ARN}stream/s/consumer/c:`, "1")],
    bad: [
      ["", [CONSUMER, atLeast(1)]],
      [`${ARN}stream/s`, [CONSUMER]],
      [`${ARN}stream/s/consumer/c`, [CONSUMER]],
      [`${ARN}stream/s/consumer/c:x`, [CONSUMER]],
      [filled(2049, `${ARN}stream/s/consumer/c:`, "1"), [atMost(2048)]],
    ],
  },
  queueArn: formed([1, 2048], { form: matching("arn:aws.*:kinesis:.*:\\d{12}:queue/\\S+"), head: `${ARN}queue/` }, [
    `${ARN}stream/s`,
  ]),
  channelArn: formed(
    [1, 2048],
    { form: matching("arn:aws.*:kinesis:.*:\\d{12}:channel/\\S+"), head: `${ARN}channel/` },
    [`${ARN}stream/s`],
  ),
  streamId: {
    good: ["abcdefghijklmnopqrst-abc", "01234567890123456789-012"],
    bad: [
      ["", [matching("[a-z0-9]{20}-[a-z0-9]{3}"), atLeast(1)]],
      ["abcdefghijklmnopqrst", [matching("[a-z0-9]{20}-[a-z0-9]{3}")]],
      ["abcdefghijklmnopqrst-abcd", [matching("[a-z0-9]{20}-[a-z0-9]{3}"), atMost(24)]],
    ],
  },
  hashKey: digits(HASH_KEY, 39),
  sequenceNumber: digits(SEQUENCE_NUMBER, 129),
  partitionKey: text([1, 256]),
  shardIterator: text([1, 512]),
  nextToken: text([1, 1_048_576]),
  tagKey: text([1, 128]),
  keyId: text([1, 2048]),
  data: { good: [bytes(0), bytes(10_485_760)], bad: [[bytes(10_485_761), [atMost(10_485_760)], ""]] },
  records: some(500),
  pageLimit: number(1, 10_000),
  receiveLimit: number(1, 10),
  waitSeconds: number(1, 20),
  visibilityTimeout: number(0, 43_200),
  maxReceiveCount: number(1, 1000),
  receiptHandle: text([1, 1024]),
  queueStart: set(["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"]),
  deadLetterTarget: set(["BUILT_IN", "NONE"]),
  tagLimit: number(1, 50),
  positive: number(1),
  natural: number(0),
  maxRecordSize: number(1024, 10_240),
  tagMap: {
    good: [{ k: "" }, mapOf(ordinals(200)), { [filled(128)]: filled(256) }],
    bad: [
      [{}, [atLeast(1)]],
      [mapOf(ordinals(201)), [atMost(200)]],
      [{ "": "v", k: "w" }, [`Map keys must satisfy constraint: ${KEY_BOUNDS}`]],
      [{ [filled(129)]: "v" }, [`Map keys must satisfy constraint: ${KEY_BOUNDS}`]],
      [{ k: filled(257), l: "" }, [`Map value must satisfy constraint: ${VALUE_BOUNDS}`]],
      [
        { k: filled(257), [filled(129)]: "v" },
        [`Map keys must satisfy constraint: ${KEY_BOUNDS}`, `Map value must satisfy constraint: ${VALUE_BOUNDS}`],
      ],
    ],
  },
  tagKeys: {
    good: [["a"], ordinals(50), [filled(128)]],
    bad: [
      [[], [atLeast(1)]],
      [ordinals(51), [atMost(50)]],
      [["a", filled(129), "b"], [`Member must satisfy constraint: ${KEY_BOUNDS}`]],
      [["", filled(129)], [`Member must satisfy constraint: ${KEY_BOUNDS}`]],
    ],
  },
  metricNames: {
    good: [METRICS.slice(0, 7), ["ALL"]],
    bad: [
      [[], [atLeast(1)]],
      [METRICS, [atMost(7)]],
      [["IncomingBytes", "x"], [`Member must satisfy constraint: [${oneOf(METRICS)}]`]],
    ],
  },
  iteratorType: set(ITERATOR_TYPES),
  filterType: set([
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
  ]),
  scalingType: set(["UNIFORM_SCALING"]),
  streamMode: set(["PROVISIONED", "ON_DEMAND"]),
  distribution: set(["AUTO", "USER_PARTITION_KEY"]),
  encryptionType: set(["NONE", "KMS"]),
  channelEncryption: set(["KMS"]),
  commitment: set(["ENABLED", "DISABLED"]),
  recordFormat: set(["GSR_JSON", "JSON", "STRING", "BYTE_ARRAY"]),
  storageClass: set(["STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR"]),
  bucketCompression: set(["NONE", "GZIP", "ZSTD"]),
  tableCompression: set(["NONE", "ZSTD", "SNAPPY"]),
  transform: set(["TIME_HOUR"]),
  bucketArn: tight(
    { form: BUCKET, max: 2048 },
    ["arn:aws:s3:::abc", filled("arn:aws-cn:s3:::".length + 63, "arn:aws-cn:s3:::"), "arn:aws:s3:::a.b_c-1"],
    ["arn:aws:s3:::ab", filled("arn:aws:s3:::".length + 64, "arn:aws:s3:::"), "arn:aws:s3:::ABC", "abc"],
  ),
  bucketOwner: {
    good: ["000000000000"],
    bad: [
      ["", [OWNER, atLeast(12)]],
      ["00000000000", [OWNER, atLeast(12)]],
      ["0000000000000", [OWNER, atMost(12)]],
      ["00000000000a", [OWNER]],
    ],
  },
  errorPrefix: formed([1, 512], { form: matching("[0-9A-Za-z!\\-_'.*()\\/]+") }, ["a b", "a=b", "!{yyyy}", "ä"]),
  keyTemplate: formed([1, 1024], { form: matching("[0-9A-Za-z!\\-_'.*()\\/=:{}]+") }, ["a b", "a+b", "ä"]),
  schemaArn: formed([1, 512], { form: SCHEMA, head: `${SCHEMAS}registry/` }, [
    SCHEMAS,
    `${SCHEMAS}a`,
    `${SCHEMAS}a/b c`,
  ]),
  tableBucketArn: tight(
    { form: TABLE_BUCKET, max: 2048 },
    [`${TABLE_BUCKETS}abc`, filled(TABLE_BUCKETS.length + 63, TABLE_BUCKETS)],
    [`${TABLE_BUCKETS}ab`, filled(TABLE_BUCKETS.length + 64, TABLE_BUCKETS), "arn:aws:s3:::abc"],
  ),
  tableName: formed([1, 255], { form: matching("[0-9a-z_]+") }, ["A", "a-b", "a.b"]),
  logGroup: formed([1, 512], { form: matching("[\\.\\-_/#A-Za-z0-9]+") }, ["a b", "a:b"]),
  logStream: {
    good: ["a", filled(512), "ä b"],
    bad: [
      ["", [atLeast(1)]],
      [filled(513), [atMost(512)]],
      ["a:b", [matching("[^:*]*")]],
      ["*", [matching("[^:*]*")]],
    ],
  },
  listOfOne: some(1),
  entries: some(10),
  streamFilter: some(10_000),
  partitionFields: some(10),
  sourceName: {
    good: ["a", "a.b_C1", filled(255)],
    bad: [
      // Its length is wrong, too, in an eleventh clause, and ten are told.
      ["", [SOURCE]],
      ["a-b", [SOURCE]],
      [filled(256), [atMost(255)]],
    ],
  },
  roleArn: formed([1, 512], { form: ROLE, head: ROLES }, [ROLES, "role/r", "arn:aws:iam::1:role/r", `${ROLES}a b`]),
} as const satisfies Readonly<Record<string, ConstrainedShape>>;

export type ShapeName = keyof typeof shapes;
