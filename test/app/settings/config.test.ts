import { describe, expect, test } from "vitest";
import { configFromCommandLine, configFromOptions, UsageError } from "../../../src/app/settings/config.ts";
import { foreignVariables } from "../../../src/app/settings/foreign-variables.ts";
import { settingNames } from "../../../src/app/settings/settings.ts";

const standard = {
  port: 4566,
  host: "127.0.0.1",
  account: "000000000000",
  region: "us-east-1",
  requireAccount: false,
  profile: "relaxed",
  inFlightLimit: 120_000,
  maxBodyBytes: 16_777_216,
  httpReader: "own",
  logLevel: "info",
  logFormat: "auto",
  history: "off",
  report: false,
  stopWithInput: false,
  tls: "off",
  tlsCert: undefined,
  tlsKey: undefined,
  snsUrl: undefined,
  lambda: undefined,
  insecureHttpsDelivery: false,
  kinesisCapacity: undefined,
  kinesisShardLimit: 20_000,
  streamDurations: undefined,
  channelDir: undefined,
  function: undefined,
  node: undefined,
  python: undefined,
  functionKeepAliveMs: 600_000,
  functionEnvironments: 32,
  dataDir: undefined,
  store: undefined,
  durability: "process",
  snapshot: undefined,
  config: undefined,
  import: undefined,
  queues: undefined,
  topics: undefined,
  subscriptions: undefined,
  streams: undefined,
  initDir: undefined,
  initTimeoutMs: 300_000,
  template: undefined,
  parameter: undefined,
  stackName: undefined,
  unknownResources: "refuse",
};

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:handler";
const INVOCATIONS = "http://localhost:8080/2015-03-31/functions/function/invocations";

/** Every setting: its flag, its variable, a value other than the default, and what becomes of it. */
const rows = [
  ["port", "port", "WAYSTATION_PORT", "4567", 4567],
  ["host", "host", "WAYSTATION_HOST", "0.0.0.0", "0.0.0.0"],
  ["account", "account", "WAYSTATION_ACCOUNT", "123456789012", "123456789012"],
  ["requireAccount", "require-account", "WAYSTATION_REQUIRE_ACCOUNT", "true", true],
  ["region", "region", "WAYSTATION_REGION", "eu-west-1", "eu-west-1"],
  ["profile", "profile", "WAYSTATION_PROFILE", "aws", "aws"],
  ["inFlightLimit", "in-flight-limit", "WAYSTATION_IN_FLIGHT_LIMIT", "10", 10],
  ["maxBodyBytes", "max-body-bytes", "WAYSTATION_MAX_BODY_BYTES", "1024", 1024],
  ["httpReader", "http-reader", "WAYSTATION_HTTP_READER", "node", "node"],
  ["logLevel", "log-level", "WAYSTATION_LOG_LEVEL", "debug", "debug"],
  ["logFormat", "log-format", "WAYSTATION_LOG_FORMAT", "text", "text"],
  ["history", "history", "WAYSTATION_HISTORY", "on", "on"],
  ["report", "report", "WAYSTATION_REPORT", "true", true],
  ["stopWithInput", "stop-with-input", "WAYSTATION_STOP_WITH_INPUT", "true", true],
  ["tls", "tls", "WAYSTATION_TLS", "self-signed", "self-signed"],
  ["snsUrl", "sns-url", "WAYSTATION_SNS_URL", "https://sns.{region}.example", "https://sns.{region}.example"],
  ["lambda", "lambda", "WAYSTATION_LAMBDA", `${FUNCTION}=${INVOCATIONS}`, { [FUNCTION]: INVOCATIONS }],
  ["insecureHttpsDelivery", "insecure-https-delivery", "WAYSTATION_INSECURE_HTTPS_DELIVERY", "true", true],
  ["kinesisCapacity", "kinesis-capacity", "WAYSTATION_KINESIS_CAPACITY", "on", "on"],
  [
    "streamDurations",
    "stream-durations",
    "WAYSTATION_STREAM_DURATIONS",
    "creating=1s,resharding=500",
    { creatingMs: 1000, reshardingMs: 500 },
  ],
  ["kinesisShardLimit", "kinesis-shard-limit", "WAYSTATION_KINESIS_SHARD_LIMIT", "10", 10],
  ["dataDir", "data-dir", "WAYSTATION_DATA_DIR", "/tmp/state", "/tmp/state"],
  ["store", "store", "WAYSTATION_STORE", "postgres://db/state", "postgres://db/state"],
  ["durability", "durability", "WAYSTATION_DURABILITY", "full", "full"],
  ["snapshot", "snapshot", "WAYSTATION_SNAPSHOT", "world.jsonl", "world.jsonl"],
  ["channelDir", "channel-dir", "WAYSTATION_CHANNEL_DIR", "/tmp/s3", "/tmp/s3"],
  ["function", "function", "WAYSTATION_FUNCTION", "f=.:a.b,g=/c:d.e", ["f=.:a.b", "g=/c:d.e"]],
  ["node", "node", "WAYSTATION_NODE", "node22", "node22"],
  ["python", "python", "WAYSTATION_PYTHON", "python3.13", "python3.13"],
  ["functionKeepAliveMs", "function-keep-alive-ms", "WAYSTATION_FUNCTION_KEEP_ALIVE_MS", "0", 0],
  ["functionEnvironments", "function-environments", "WAYSTATION_FUNCTION_ENVIRONMENTS", "2", 2],
  ["config", "config", "WAYSTATION_CONFIG", "a.yaml", "a.yaml"],
  ["import", "import", "WAYSTATION_IMPORT", "elasticmq.conf", "elasticmq.conf"],
  ["queues", "queues", "WAYSTATION_QUEUES", "orders, jobs.fifo", ["orders", "jobs.fifo"]],
  ["topics", "topics", "WAYSTATION_TOPICS", "events", ["events"]],
  ["subscriptions", "subscriptions", "WAYSTATION_SUBSCRIPTIONS", "events>orders", ["events>orders"]],
  ["streams", "streams", "WAYSTATION_STREAMS", "clicks:2,views", ["clicks:2", "views"]],
  ["initDir", "init-dir", "WAYSTATION_INIT_DIR", "/init,./more", ["/init", "./more"]],
  ["initTimeoutMs", "init-timeout-ms", "WAYSTATION_INIT_TIMEOUT_MS", "1000", 1000],
  ["template", "template", "WAYSTATION_TEMPLATE", "stack.yaml", "stack.yaml"],
  ["parameter", "parameter", "WAYSTATION_PARAMETER", "Stage=test,Size=2", ["Stage=test", "Size=2"]],
  ["stackName", "stack-name", "WAYSTATION_STACK_NAME", "app", "app"],
  ["unknownResources", "unknown-resources", "WAYSTATION_UNKNOWN_RESOURCES", "stub", "stub"],
] as const;

test("the defaults are those of the documentation", () => {
  expect(configFromCommandLine({}, {})).toEqual(standard);
  expect(configFromOptions({})).toEqual(standard);
});

test("the configuration is frozen", () => {
  expect(Object.isFrozen(configFromCommandLine({}, {}))).toBe(true);
});

test("the table of this test has every setting but the two that come as a pair", () => {
  expect([...rows.map(([name]) => name), "tlsCert", "tlsKey"].toSorted()).toEqual(settingNames.toSorted());
});

describe.for(rows)("%s", ([name, flag, variable, text, value]) => {
  test("is set by its flag", () => {
    expect(configFromCommandLine({ [flag]: text }, {})).toEqual({ ...standard, [name]: value });
  });

  test("is set by its variable", () => {
    expect(configFromCommandLine({}, { [variable]: text })).toEqual({ ...standard, [name]: value });
  });

  test("is set by its option", () => {
    expect(configFromOptions({ [name]: value })).toEqual({ ...standard, [name]: value });
  });

  test("follows the flag when flag and variable differ", () => {
    expect(configFromCommandLine({ [flag]: text }, { [variable]: String(standard[name]) })).toMatchObject({
      [name]: value,
    });
  });

  test("keeps its default while its variable is empty", () => {
    expect(configFromCommandLine({}, { [variable]: "" })).toEqual(standard);
  });
});

test.for([
  ["port", "0"],
  ["port", "65535"],
  ["region", "local"],
  ["in-flight-limit", "1"],
  ["max-body-bytes", "1"],
  ["log-level", "silent"],
  ["sns-url", "http://localhost:4566"],
  ["sns-url", "https://proxy.test/{region}/sns/"],
] as const)("--%s %s is good", ([flag, text]) => {
  expect(() => configFromCommandLine({ [flag]: text }, {})).not.toThrow();
});

test.for([
  ["port", "65536", "a whole number from 0 to 65535"],
  ["port", "-1", "a whole number from 0 to 65535"],
  ["port", "4566.5", "a whole number from 0 to 65535"],
  ["port", "0x10", "a whole number from 0 to 65535"],
  ["port", "", "a whole number from 0 to 65535"],
  ["host", " ", "an address or a host name"],
  ["account", "12345678901", "an account id of 12 digits"],
  ["account", "1234567890123", "an account id of 12 digits"],
  ["region", "US East", "a region such as us-east-1"],
  ["profile", "strict", "one of relaxed, aws"],
  ["profile", "toString", "one of relaxed, aws"],
  ["in-flight-limit", "0", "a whole number from 1 on"],
  ["max-body-bytes", "99999999999999999", "a whole number from 1 on"],
  ["log-level", "loud", "one of silent, error, warn, info, debug"],
  ["tls", "on", "one of off, self-signed"],
  ["sns-url", "sns.{region}.amazonaws.com", "a URL such as https://sns.{region}.amazonaws.com"],
  ["sns-url", "ftp://sns.{region}.amazonaws.com", "a URL such as https://sns.{region}.amazonaws.com"],
  ["sns-url", "https://sns.{zone}.amazonaws.com", "a URL such as https://sns.{region}.amazonaws.com"],
  ["sns-url", "https://localhost/?a=b", "a URL such as https://sns.{region}.amazonaws.com"],
  ["sns-url", "https://localhost:70000", "a URL such as https://sns.{region}.amazonaws.com"],
] as const)('--%s "%s" is refused in one line that says what it must be', ([flag, text, expects]) => {
  const read = () => configFromCommandLine({ [flag]: text }, {});
  expect(read).toThrow(new UsageError(`--${flag} must be ${expects}, not "${text}"`));
});

test.for([
  ["a comma", `${FUNCTION}=http://a:1,${FUNCTION}-2=http://b:2/?c=d,e`],
  ["blanks", ` ${FUNCTION}=http://a:1 \n ${FUNCTION}-2=http://b:2/?c=d,e`],
])("functions are separated by %s", ([, text]) => {
  expect(configFromCommandLine({}, { WAYSTATION_LAMBDA: text }).lambda).toEqual({
    [FUNCTION]: "http://a:1",
    [`${FUNCTION}-2`]: "http://b:2/?c=d,e",
  });
});

test("the flag for functions can be given more than once", () => {
  const lambda = [`${FUNCTION}=http://a:1`, `${FUNCTION}-2=http://b:2`];
  expect(configFromCommandLine({ lambda }, {}).lambda).toEqual({
    [FUNCTION]: "http://a:1",
    [`${FUNCTION}-2`]: "http://b:2",
  });
});

test.for([
  "http://a:1",
  FUNCTION,
  `${FUNCTION}=`,
  `${FUNCTION}=a:1`,
  `${FUNCTION}=ftp://a:1`,
  `${FUNCTION}=http://a:70000`,
  `arn:aws:sqs:us-east-1:000000000000:queue=http://a:1`,
  `arn:aws:lambda:us-east-1:1:function:f=http://a:1`,
  `${FUNCTION}=http://a:1 b`,
])("--lambda %j is refused", (text) => {
  expect(() => configFromCommandLine({ lambda: text }, {})).toThrow(
    new UsageError(
      `--lambda must be a function's ARN, an equals sign and a URL, more of them separated by commas, not "${text}"`,
    ),
  );
});

test.for([
  [true, true],
  ["false", false],
] as const)("--insecure-https-delivery %s is %s", ([flag, value]) => {
  expect(configFromCommandLine({ "insecure-https-delivery": flag }, {}).insecureHttpsDelivery).toBe(value);
});

test("a bad variable is refused by its own name", () => {
  const read = () => configFromCommandLine({}, { WAYSTATION_IN_FLIGHT_LIMIT: "many" });
  expect(read).toThrow(new UsageError('WAYSTATION_IN_FLIGHT_LIMIT must be a whole number from 1 on, not "many"'));
});

test("a bad option is refused by its own name", () => {
  expect(() => configFromOptions({ inFlightLimit: 0.5 })).toThrow(
    new UsageError('inFlightLimit must be a whole number from 1 on, not "0.5"'),
  );
});

test("the address that Kubernetes puts into WAYSTATION_PORT is no port of ours", () => {
  expect(configFromCommandLine({}, { WAYSTATION_PORT: "tcp://10.0.171.239:4566" })).toEqual(standard);
});

test("certificate and key are taken together", () => {
  expect(configFromCommandLine({ "tls-cert": "a.pem" }, { WAYSTATION_TLS_KEY: "b.pem" })).toEqual({
    ...standard,
    tlsCert: "a.pem",
    tlsKey: "b.pem",
  });
});

test.for([{ "tls-cert": "a.pem" }, { "tls-key": "b.pem" }])("one of them alone is refused: %o", (flags) => {
  const read = () => configFromCommandLine(flags, {});
  expect(read).toThrow(new UsageError("--tls-cert and --tls-key must be given together"));
});

test("a certificate of one's own and a self-signed one exclude each other", () => {
  const read = () => configFromCommandLine({ tls: "self-signed", "tls-cert": "a.pem", "tls-key": "b.pem" }, {});
  expect(read).toThrow(new UsageError("--tls self-signed cannot be combined with --tls-cert"));
});

test.for([
  ["WAYSTATION_PROFIEL", "did you mean WAYSTATION_PROFILE?"],
  ["WAYSTATION_HOTS", "did you mean WAYSTATION_HOST?"],
  ["WAYSTATION_INFLIGHT_LIMIT", "did you mean WAYSTATION_IN_FLIGHT_LIMIT?"],
  ["WAYSTATION_ANYTHING", expect.stringMatching(/^there are WAYSTATION_PORT, .*WAYSTATION_UNKNOWN_RESOURCES$/)],
] as const)("the variable %s is refused with the right name", ([name, hint]) => {
  const [, text] = refusalOf(() => configFromCommandLine({}, { [name]: "aws" }), `there is no variable ${name}; `);
  expect(text).toEqual(hint);
});

test.for([
  ["WAYSTATION_PROFIEL", ""],
  ["WAYSTATION_ENDPOINT", "http://127.0.0.1:4566"], // by which commands find a server
  ["WAYSTATION_URL", "http://127.0.0.1:4566"], // by which tests in other languages do
  ["WAYSTATION_COMMAND", "npx waystation"], // by which they start one
  ["WAYSTATION_SERVICE_HOST", "10.0.171.239"],
  ["WAYSTATION_SERVICE_PORT", "4566"],
  ["WAYSTATION_SERVICE_PORT_HTTP", "4566"],
  ["WAYSTATION_PORT_4566_TCP", "tcp://10.0.171.239:4566"],
  ["WAYSTATION_PORT_4566_TCP_PROTO", "tcp"],
  ["WAYSTATION_PORT_4566_TCP_PORT", "4566"],
  ["WAYSTATION_PORT_4566_TCP_ADDR", "10.0.171.239"],
  ["WAYSTATION_SQS_PORT", "tcp://10.0.171.239:4566"],
  ["PATH", "/bin"],
] as const)("the variable %s=%s is nobody's mistake", ([name, text]) => {
  expect(configFromCommandLine({}, { [name]: text })).toEqual(standard);
});

test.for([
  [{ profil: "aws" }, "there is no option profil; did you mean profile?"],
  [{ Region: "eu-west-1" }, "there is no option Region; did you mean region?"],
  [{ clok: 1 }, "there is no option clok; did you mean clock?"],
  [{ prefix: undefined }, expect.stringMatching(/^there is no option prefix; there are port, .*, clock$/)],
] as const)("the options %o are refused with the right name", ([options, message]) => {
  expect(refusalOf(() => configFromOptions(options as object, ["clock"]), "")[1]).toEqual(message);
});

test.for([
  ["GATEWAY_LISTEN", "0.0.0.0:4567", { host: "0.0.0.0", port: 4567 }],
  ["GATEWAY_LISTEN", "127.0.0.1:4567,0.0.0.0:443", { host: "127.0.0.1", port: 4567 }],
  ["GATEWAY_LISTEN", ":4567", { port: 4567 }],
  ["EDGE_PORT", "4567", { port: 4567 }],
  ["FAUXQS_PORT", "4567", { port: 4567 }],
  ["GATEWAY_PORT", "4567", { port: 4567 }],
  ["FAUXQS_HOST", "0.0.0.0", { host: "0.0.0.0" }],
  ["LS_LOG", "debug", { logLevel: "debug" }],
  ["FAUXQS_DEFAULT_REGION", "eu-west-1", { region: "eu-west-1" }],
  ["MINISTACK_REGION", "eu-west-1", { region: "eu-west-1" }],
  ["FLOCI_DEFAULT_REGION", "eu-west-1", { region: "eu-west-1" }],
  ["MINISTACK_ACCOUNT_ID", "111111111111", { account: "111111111111" }],
  ["FLOCI_DEFAULT_ACCOUNT_ID", "111111111111", { account: "111111111111" }],
  ["KINESIS_SHARD_LIMIT", "10", { kinesisShardLimit: 10 }],
  ["SHARD_LIMIT", "10", { kinesisShardLimit: 10 }],
  ["CREATE_STREAM_DURATION", "500ms", { streamDurations: { creatingMs: 500 } }],
  ["DELETE_STREAM_DURATION", "2 seconds", { streamDurations: { deletingMs: 2000 } }],
  ["REGISTER_STREAM_CONSUMER_DURATION", "1 second", { streamDurations: { consumerCreatingMs: 1000 } }],
  ["DEREGISTER_STREAM_CONSUMER_DURATION", "1s", { streamDurations: { consumerDeletingMs: 1000 } }],
  ["START_STREAM_ENCRYPTION_DURATION", "10 millis", { streamDurations: { updatingMs: 10 } }],
  ["STOP_STREAM_ENCRYPTION_DURATION", "10ms", { streamDurations: { updatingMs: 10 } }],
  ["UPDATE_STREAM_MODE_DURATION", "1 minute", { streamDurations: { updatingMs: 60_000 } }],
  ["MERGE_SHARDS_DURATION", "0ms", { streamDurations: { reshardingMs: 0 } }],
  ["SPLIT_SHARD_DURATION", "500ms", { streamDurations: { reshardingMs: 500 } }],
  ["UPDATE_SHARD_COUNT_DURATION", "500ms", { streamDurations: { reshardingMs: 500 } }],
  [
    "KINESIS_LATENCY",
    "500",
    {
      streamDurations: {
        creatingMs: 500,
        deletingMs: 500,
        reshardingMs: 500,
        updatingMs: 500,
        consumerCreatingMs: 500,
        consumerDeletingMs: 500,
      },
    },
  ],
  ["FAUXQS_INIT", "init.json", { import: "init.json" }],
  ["LS_LOG", "trace-internal", {}],
  ["INITIALIZE_STREAMS", "a:1,b::us-west-2,c,d:2:mars", { streams: ["a:1", "b:4:us-west-2", "c:4", "d:2"] }],
] as const)("%s=%s means what it means to another emulator", ([variable, text, expected]) => {
  expect(foreignVariables.map(([name]) => name)).toContain(variable);
  expect(configFromCommandLine({}, { [variable]: text })).toEqual({ ...standard, ...expected });
});

test("variables that each say how long one change takes are taken together, the particular after the general", () => {
  const variables = { KINESIS_LATENCY: "500ms", CREATE_STREAM_DURATION: "1s", DELETE_STREAM_DURATION: "0ms" };
  const { streamDurations } = configFromCommandLine({}, variables);
  expect(streamDurations).toMatchObject({ creatingMs: 1000, deletingMs: 0, updatingMs: 500 });
});

test.for(["soon", "-1s", "2 days", "1.5ms"])("CREATE_STREAM_DURATION=%s is refused", (text) => {
  const read = () => configFromCommandLine({}, { CREATE_STREAM_DURATION: text });
  expect(read).toThrow(/^CREATE_STREAM_DURATION must be changes and how long they take/);
});

test.for(["a:x", "a:1:us-east-1:b", ":1", "a, b c"])("INITIALIZE_STREAMS=%s is refused", (text) => {
  const read = () => configFromCommandLine({}, { INITIALIZE_STREAMS: text });
  expect(read).toThrow(/^INITIALIZE_STREAMS must be stream or stream:shards/);
});

test("a variable of ours goes before another emulator's, and that before the file", () => {
  const file = { settings: new Map([["port", { label: "a.yaml:1:1: port", value: 1 }]]) };
  expect(configFromCommandLine({}, {}, { file }).port).toBe(1);
  expect(configFromCommandLine({}, { EDGE_PORT: "2" }, { file }).port).toBe(2);
  expect(configFromCommandLine({}, { EDGE_PORT: "2", WAYSTATION_PORT: "3" }, { file }).port).toBe(3);
  expect(configFromCommandLine({ port: "4" }, { EDGE_PORT: "2", WAYSTATION_PORT: "3" }, { file }).port).toBe(4);
});

/** The refusal's text, and what comes after its beginning. */
function refusalOf(attempt: () => unknown, beginning: string): [string, string] {
  try {
    attempt();
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    expect(cause.message.startsWith(beginning)).toBe(true);
    return [cause.message, cause.message.slice(beginning.length)];
  }
  throw new Error("It was not refused.");
}
