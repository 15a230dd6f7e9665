import { filledText, listOf, openSetting, setting, wholeNumber } from "../settings/setting-types.ts";

const PARAMETER = /^[a-zA-Z0-9]{1,255}=.{0,4096}$/;
const NAME = /^[\w.-]{1,256}$/;
const STREAM = /^[\w.-]{1,128}(:\d{0,7}(:[a-z0-9-]{1,63})?)?$/;
const SUBSCRIPTION = /^[\w.-]{1,256}>\S{1,2048}$/;

/** What is there from the start. */
export const provisioningSettings = {
  /** The file that holds settings and declares queues, topics and streams. */
  config: openSetting(filledText("a file"), {
    group: "Provisioning",
    help: "file of settings, queues, topics and streams; waystation.yaml, .yml or .json if it is there",
  }),
  /** A file of another emulator. */
  import: openSetting(filledText("a file"), {
    group: "Provisioning",
    help: "elasticmq.conf, goaws.yaml or an init file of fauxqs",
  }),
  /** A CloudFormation template, or what cdk synth has written. */
  template: openSetting(filledText("a file or a folder"), {
    group: "Provisioning",
    help: "CloudFormation template that is a stack from the start, or a folder cdk.out",
  }),
  parameter: openSetting(listOf(PARAMETER, "Name=value, more of them separated by commas"), {
    group: "Provisioning",
    help: "values of the template's parameters",
  }),
  stackName: openSetting(filledText("a name"), {
    group: "Provisioning",
    help: "name of the template's stack; the file's own unless set",
  }),
  queues: openSetting(listOf(NAME, "names of queues, separated by commas"), {
    group: "Provisioning",
    help: "queues to create",
  }),
  topics: openSetting(listOf(NAME, "names of topics, separated by commas"), {
    group: "Provisioning",
    help: "topics to create",
  }),
  subscriptions: openSetting(listOf(SUBSCRIPTION, "topic>queue, more of them separated by commas"), {
    group: "Provisioning",
    help: "what to subscribe to topics: queues, or URLs",
  }),
  streams: openSetting(
    listOf(STREAM, "stream or stream:shards or stream:shards:region, more of them separated by commas"),
    {
      group: "Provisioning",
      help: "streams to create",
    },
  ),
  /** Folders with `boot.d`, `start.d`, `ready.d` and `shutdown.d`. For the command line alone. */
  initDir: openSetting(listOf(/./, "folders, separated by commas"), {
    group: "Provisioning",
    help: "folder of scripts to run; /etc/waystation/init and /etc/localstack/init if they are there",
  }),
  initTimeoutMs: setting(wholeNumber(1), {
    fallback: 300_000,
    group: "Provisioning",
    help: "how long each script may run",
  }),
};
