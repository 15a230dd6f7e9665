import {
  filledText,
  listOf,
  oneOf,
  openSetting,
  setting,
  textThat,
  trueOrFalse,
  wholeNumber,
} from "../settings/setting-types.ts";
import { streamDurations } from "../settings/stream-durations.ts";

/** The settings of the modules, which can be listed without a module being built. */

/** `arn=url,arn=url`: URLs by function ARN. */
const functionUrls = {
  expects: "a function's ARN, an equals sign and a URL, more of them separated by commas",
  flag: "list",
  schema: { type: "object", additionalProperties: { type: "string" } },
  read: readFunctionUrls,
} as const;

export const snsSettings = {
  /** What links in SNS messages start with; `{region}` stands for the topic's region. Unless set, what their publisher used. */
  snsUrl: openSetting(textThat(isLinkBase, "a URL such as https://sns.{region}.amazonaws.com"), {
    group: "SNS",
    help: "start of links in SNS messages, instead of what the publisher used",
  }),
  /** Where functions run that SNS invokes: URLs by function ARN. */
  lambda: openSetting(functionUrls, {
    group: "SNS",
    help: "where a function runs that SNS invokes; can be given more than once",
  }),
  /** Whether HTTPS subscriptions are served whatever their certificates. */
  insecureHttpsDelivery: setting(trueOrFalse(), {
    fallback: false,
    group: "SNS",
    help: "deliver to HTTPS endpoints whatever their certificates",
  }),
};

export const lambdaSettings = {
  /** Functions that are there from the start, their code in directories: `name=directory:handler`. */
  function: openSetting(listOf(/^[\w-]{1,64}=.+:[^:]+$/, "name=directory:handler, more of them separated by commas"), {
    group: "Lambda",
    help: "functions to create, whose code runs where it lies",
  }),
  /** The command that runs functions of Node's; the Node that runs this unless given. */
  node: openSetting(filledText("a command"), { group: "Lambda", help: "command that runs functions of Node's" }),
  /** The same for Python's; `python3` unless given. */
  python: openSetting(filledText("a command"), { group: "Lambda", help: "command that runs functions of Python's" }),
  /** How long a process is kept that no invocation needs. */
  functionKeepAliveMs: setting(wholeNumber(0), {
    fallback: 600_000,
    group: "Lambda",
    help: "how long processes of functions are kept warm",
  }),
  /** How many processes of one function there can be. */
  functionEnvironments: setting(wholeNumber(1), {
    fallback: 32,
    group: "Lambda",
    help: "processes of one function at a time",
  }),
};

export const cloudFormationSettings = {
  /** What becomes of resources in templates whose types are not known. */
  unknownResources: setting(oneOf(["refuse", "stub"]), {
    fallback: "refuse",
    group: "CloudFormation",
    help: "what becomes of resources of types that are not known: templates with them are refused, or they do nothing",
  }),
};

export const kinesisSettings = {
  /** Whether Kinesis throttles; as the profile says unless set. */
  kinesisCapacity: openSetting(oneOf(["off", "on"]), {
    group: "Kinesis",
    help: "whether Kinesis throttles, instead of what the profile says",
  }),
  /** How many open shards an account can have in a region. */
  kinesisShardLimit: setting(wholeNumber(1), {
    fallback: 20_000, // AWS: us-east-1
    group: "Kinesis",
    help: "open shards per account and region",
  }),
  /** How long changes of streams take, in part; as the profile says unless set. */
  streamDurations: openSetting(streamDurations, {
    group: "Kinesis",
    help: "how long changes of streams take, instead of what the profile says",
  }),
  /** The folder that stands in for S3 where Kinesis channels deliver to buckets; they deliver nothing unless set. */
  channelDir: openSetting(filledText("a folder"), {
    group: "Kinesis",
    help: "where Kinesis channels put objects, for S3",
  }),
};

/** What a link can start with, `{region}` standing for a region. */
function isLinkBase(text: string): boolean {
  const link = text.replaceAll("{region}", "us-east-1");
  return /^https?:\/\/[^?#\s{}]+$/.test(link) && URL.canParse(link);
}

function readFunctionUrls(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.trim().split(/[\s,]+(?=arn:)/);
  const urls: Record<string, string> = {};
  for (const pair of pairs) {
    const [, arn = "", url = ""] =
      /^(arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w:$-]+)=(https?:\/\/\S+)$/.exec(pair) ?? [];
    if (!URL.canParse(url)) return undefined;
    urls[arn] = url;
  }
  return Object.freeze(urls);
}
