import { isMap, textOf, type Value, type ValueMap } from "../../value.ts";
import { destinationOf } from "./destination.ts";
import { FunctionRole } from "./role.ts";
import { getAtt, invalidResource, mapIn, type Resources, ref, resource, withoutUndefined } from "./sam-resource.ts";

/** A function whose events are expanded. */
interface EventSubject {
  readonly functionId: string;
  /** The function, or the alias that is published of it. */
  readonly target: { readonly name: Value; readonly arn: Value };
  readonly role: FunctionRole | undefined;
  readonly resources: Resources;
}

/** An event in the making: `id` is that of its first resource. */
interface Event extends EventSubject {
  readonly id: string;
  readonly properties: ValueMap;
}

/** What makes resources of an event, by its type. AWS SAM developer guide, event source types. */
const EVENTS: Readonly<Record<string, (event: Event) => void>> = {
  SQS: (event) => mapping(event, "Queue", "AWSLambdaSQSQueueExecutionRole"),
  Kinesis: (event) => mapping(event, "Stream", "AWSLambdaKinesisExecutionRole"),
  SNS: (event) => (event.properties.SqsSubscription ? queueSubscription(event) : topicSubscription(event)),
  EventBridgeRule: rule,
  CloudWatchEvent: rule,
  Schedule: rule,
  ScheduleV2: schedule,
};

/** What events cannot be without, by their type. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  SQS: ["Queue"],
  Kinesis: ["Stream", "StartingPosition"],
  SNS: ["Topic"],
  Schedule: ["Schedule"],
  ScheduleV2: ["ScheduleExpression"],
};

/** The types of events that are expanded. */
export function isKnownEvent(type: string | undefined): boolean {
  return type !== undefined && Object.hasOwn(EVENTS, type);
}

/** Makes the resources of one event of a function. Throws TemplateError. */
export function expandEvent(subject: EventSubject, name: string, declared: ValueMap): void {
  const type = textOf(declared.Type) ?? "";
  const expand = isKnownEvent(type) ? EVENTS[type] : undefined;
  if (expand === undefined) {
    throw invalidResource(
      subject.functionId,
      `Event with id [${name}] is invalid. Waystation does not know events of type ${type}.`,
    );
  }
  const missing = (REQUIRED[type] ?? []).find((one) => mapIn(declared, "Properties")[one] === undefined);
  if (missing !== undefined) {
    throw invalidResource(`${subject.functionId}${name}`, `Missing required property '${missing}'.`);
  }
  expand({ ...subject, id: `${subject.functionId}${name}`, properties: mapIn(declared, "Properties") });
}

function mapping(event: Event, source: string, policy: string): void {
  const { id, properties, target, role, resources } = event;
  const { [source]: EventSourceArn, DestinationConfig, ...rest } = properties;
  role?.addManaged(policy);
  const OnFailure = isMap(DestinationConfig) ? mapIn(DestinationConfig, "OnFailure") : undefined;
  resources.set(
    id,
    resource("AWS::Lambda::EventSourceMapping", {
      ...rest,
      EventSourceArn,
      FunctionName: target.name,
      DestinationConfig: OnFailure && { OnFailure: destinationOf(OnFailure, { ...event, prefix: id }) },
    }),
  );
}

/** Lets a service call the function. */
function permit({ id, target, resources }: Event, service: string, SourceArn: Value | undefined): void {
  resources.set(
    `${id}Permission`,
    resource("AWS::Lambda::Permission", {
      Action: "lambda:InvokeFunction",
      FunctionName: target.name,
      Principal: service,
      SourceArn,
    }),
  );
}

function topicSubscription(event: Event): void {
  const { id, properties, target, resources } = event;
  const { Topic, SqsSubscription: _none, ...rest } = properties;
  permit(event, "sns.amazonaws.com", Topic);
  const own = { Endpoint: target.arn, Protocol: "lambda", TopicArn: Topic };
  resources.set(id, resource("AWS::SNS::Subscription", { ...rest, ...own }));
}

/** A queue between topic and function: one of its own, or one that is there. */
function queueSubscription(event: Event): void {
  const { id, properties, target, role, resources } = event;
  const { Topic, SqsSubscription, ...rest } = properties;
  const given = isMap(SqsSubscription) ? SqsSubscription : {};
  const queueId = `${id}Queue`;
  if (given.QueueArn === undefined) resources.set(queueId, resource("AWS::SQS::Queue", {}));
  const queueArn = given.QueueArn ?? getAtt(queueId, "Arn");
  role?.addManaged("AWSLambdaSQSQueueExecutionRole");
  resources.set(
    `${id}EventSourceMapping`,
    resource("AWS::Lambda::EventSourceMapping", {
      BatchSize: given.BatchSize ?? 10,
      // AWS: whatever SqsSubscription says.
      Enabled: true,
      EventSourceArn: queueArn,
      FunctionName: target.name,
    }),
  );
  const sender = { Principal: "*", source: Topic };
  const policyId = textOf(given.QueuePolicyLogicalId) ?? `${queueId}Policy`;
  resources.set(policyId, sendPolicy({ arn: queueArn, url: given.QueueUrl ?? ref(queueId) }, sender));
  resources.set(
    id,
    resource("AWS::SNS::Subscription", { ...rest, Endpoint: queueArn, Protocol: "sqs", TopicArn: Topic }),
  );
}

/** Lets whoever is allowed to send messages to a queue on behalf of a source. */
function sendPolicy(
  queue: { readonly arn: Value; readonly url: Value },
  { Principal, source }: { readonly Principal: Value; readonly source: Value | undefined },
): ValueMap {
  const Statement = [
    {
      Action: "sqs:SendMessage",
      Effect: "Allow",
      Principal,
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": source ?? "" } },
    },
  ];
  return resource("AWS::SQS::QueuePolicy", {
    PolicyDocument: { Version: "2012-10-17", Statement },
    Queues: [queue.url],
  });
}

function rule(event: Event): void {
  const { id, properties, target, resources } = event;
  const { Schedule, Pattern, RuleName, Name, Enabled, State, Target, DeadLetterConfig, Description, EventBusName } =
    properties;
  const { Input, InputPath, InputTransformer, RetryPolicy } = properties;
  const dead = deadLetterOf(event, DeadLetterConfig);
  if (dead?.queue !== undefined) {
    const queue = { arn: getAtt(dead.queue, "Arn"), url: ref(dead.queue) };
    const sender = { Principal: { Service: "events.amazonaws.com" }, source: getAtt(id, "Arn") };
    resources.set(`${id}QueuePolicy`, sendPolicy(queue, sender));
  }
  const one = withoutUndefined({
    Arn: target.arn,
    Id: (isMap(Target) ? Target.Id : undefined) ?? `${id}LambdaTarget`,
    Input,
    InputPath,
    InputTransformer,
    DeadLetterConfig: dead?.config,
    RetryPolicy,
  });
  resources.set(
    id,
    resource("AWS::Events::Rule", {
      Description,
      EventBusName,
      EventPattern: Pattern,
      Name: RuleName ?? Name,
      ScheduleExpression: Schedule,
      State: State ?? stateOf(Enabled),
      Targets: [one],
    }),
  );
  permit(event, "events.amazonaws.com", getAtt(id, "Arn"));
}

function stateOf(enabled: Value | undefined): Value | undefined {
  if (enabled === undefined) return undefined;
  return textOf(enabled)?.toLowerCase() === "true" ? "ENABLED" : "DISABLED";
}

/** The queue for what cannot be delivered, which is made when only its type is said. */
function deadLetterOf(
  { id, functionId, resources }: Event,
  declared: Value | undefined,
): { readonly config: ValueMap; readonly queue: string | undefined } | undefined {
  if (!isMap(declared)) return undefined;
  if (declared.Arn !== undefined) return { config: { Arn: declared.Arn }, queue: undefined };
  if (declared.Type !== "SQS") throw invalidResource(functionId, "DeadLetterConfig requires Arn, or Type SQS.");
  const queue = textOf(declared.QueueLogicalId) ?? `${id}Queue`;
  resources.set(queue, resource("AWS::SQS::Queue", {}));
  return { config: { Arn: getAtt(queue, "Arn") }, queue };
}

function schedule(event: Event): void {
  const { id, properties, target, resources } = event;
  const { DeadLetterConfig, Input, RetryPolicy, RoleArn, PermissionsBoundary, OmitName, ...rest } = properties;
  const dead = deadLetterOf(event, DeadLetterConfig);
  const one = {
    Arn: target.arn,
    RoleArn: RoleArn ?? getAtt(`${id}Role`, "Arn"),
    Input,
    RetryPolicy,
    DeadLetterConfig: dead?.config,
  };
  resources.set(
    id,
    resource("AWS::Scheduler::Schedule", {
      FlexibleTimeWindow: { Mode: "OFF" },
      Name: textOf(OmitName)?.toLowerCase() === "true" ? undefined : id,
      ...rest,
      Target: withoutUndefined(one),
    }),
  );
  if (RoleArn !== undefined) return;
  const role = new FunctionRole(`${id}Role`);
  role.allow(`${id}LambdaPolicy`, "lambda:InvokeFunction", target.arn);
  if (dead !== undefined) role.allow(`${id}SQSPolicy`, "sqs:SendMessage", dead.config.Arn ?? "");
  resources.set(`${id}Role`, role.declared("scheduler.amazonaws.com", { PermissionsBoundary }));
}
