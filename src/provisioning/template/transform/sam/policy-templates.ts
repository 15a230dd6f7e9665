import type { Value, ValueMap } from "../../value.ts";

/** What a template allows, on what: the resource part of an ARN, in which the parameter stands in braces. */
interface PolicyTemplate {
  readonly parameter: string;
  readonly statements: readonly {
    readonly actions: readonly string[] | string;
    readonly service: string;
    readonly resource: string;
  }[];
}

/** A template of one statement, whose actions are all of the same service. */
function on(service: string, parameter: string, [resource = "", ...actions]: readonly string[]): PolicyTemplate {
  return { parameter, statements: [{ service, resource, actions: actions.map((action) => `${service}:${action}`) }] };
}

const READING = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator"];

/** The templates that are about messaging. AWS SAM developer guide, policy template list. */
const TEMPLATES: Readonly<Record<string, PolicyTemplate>> = {
  SQSPollerPolicy: on("sqs", "QueueName", [
    ...[
      "{queueName}",
      "ChangeMessageVisibility",
      "ChangeMessageVisibilityBatch",
      "DeleteMessage",
      "DeleteMessageBatch",
    ],
    ...["GetQueueAttributes", "ReceiveMessage"],
  ]),
  SQSSendMessagePolicy: on("sqs", "QueueName", ["{queueName}", "SendMessage*"]),
  SNSPublishMessagePolicy: on("sns", "TopicName", ["{topicName}", "Publish"]),
  SNSCrudPolicy: on("sns", "TopicName", [
    ...["{topicName}*", "ListSubscriptionsByTopic", "CreateTopic", "SetTopicAttributes", "Subscribe", "Publish"],
  ]),
  KinesisStreamReadPolicy: {
    parameter: "StreamName",
    statements: [
      { service: "kinesis", resource: "stream/*", actions: ["kinesis:ListStreams", "kinesis:DescribeLimits"] },
      ...on("kinesis", "StreamName", ["stream/{streamName}", ...READING]).statements,
    ],
  },
  KinesisCrudPolicy: on("kinesis", "StreamName", [
    ...["stream/{streamName}", "AddTagsToStream", "CreateStream", "DecreaseStreamRetentionPeriod", "DeleteStream"],
    ...["DescribeStream", "DescribeStreamSummary", "GetShardIterator", "IncreaseStreamRetentionPeriod"],
    ...["ListTagsForStream", "MergeShards", "PutRecord", "PutRecords", "SplitShard", "RemoveTagsFromStream"],
  ]),
  LambdaInvokePolicy: on("lambda", "FunctionName", ["function:{functionName}*", "InvokeFunction"]),
  EventBridgePutEventsPolicy: {
    parameter: "EventBusName",
    statements: [{ service: "events", resource: "event-bus/{eventBusName}", actions: "events:PutEvents" }],
  },
};

/** GAP: the other templates are about services that are not here. Nobody is refused by a role, so theirs allow nothing. */
const OTHERS = /^[A-Za-z0-9]+Policy(?:_v2)?$/;

/** The document of a template with the values of its parameters; undefined when there is no such template. */
export function templatePolicy(name: string, values: ValueMap): ValueMap | undefined {
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  if (template === undefined) return OTHERS.test(name) ? { Statement: [] } : undefined;
  const { parameter, statements } = template;
  const variable = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  return {
    Statement: statements.map(({ service, resource, actions }) => ({
      Action: actions,
      Effect: "Allow",
      Resource: resourceOf(`${service}:`, resource, { name: variable, value: values[parameter] ?? "" }),
    })),
  };
}

function resourceOf(
  service: string,
  resource: string,
  { name, value }: { readonly name: string; readonly value: Value },
): Value {
  const arn = `arn:\${AWS::Partition}:${service}\${AWS::Region}:\${AWS::AccountId}:${resource.replace("{", "${")}`;
  return { "Fn::Sub": resource.includes("{") ? [arn, { [name]: value }] : arn };
}
