import { isMap, textOf, type Value, type ValueMap } from "../../value.ts";
import { destinationOf } from "./destination.ts";
import { expandEvent, isKnownEvent } from "./events.ts";
import { publicationOf, publish } from "./publication.ts";
import { FunctionRole } from "./role.ts";
import { getAtt, invalidResource, mapIn, type Resources, ref, resource, withoutUndefined } from "./sam-resource.ts";

/** Properties that a function of Lambda has under the same name. */
const SAME = [
  ...["Architectures", "CodeSigningConfigArn", "EphemeralStorage", "FileSystemConfigs", "FunctionName"],
  ...["Handler", "ImageConfig", "KmsKeyArn", "Layers", "LoggingConfig", "MemorySize", "PackageType", "RecursiveLoop"],
  ...[
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "Timeout",
    "VpcConfig",
    "Environment",
  ],
];

const CREATED_BY = { Key: "lambda:createdBy", Value: "SAM" };

/** A function of SAM with everything that a template says of it. */
interface SamFunction {
  readonly functionId: string;
  readonly properties: ValueMap;
  /** What beside its properties the template says: condition, dependencies, metadata. */
  readonly rest: ValueMap;
  /** Whether events that are not known are left out. */
  readonly skipsUnknown: boolean;
  /** A value in which parameters have become what they are. */
  readonly resolved: (value: Value) => Value;
}

/** The resources of a function: itself, its role, version, alias and events. Throws TemplateError. */
export function functionResources({ functionId, properties, rest, skipsUnknown, resolved }: SamFunction): Resources {
  checkFunction(functionId, properties);
  const resources: Resources = new Map();
  const roleId = `${functionId}Role`;
  const role = properties.Role === undefined ? new FunctionRole(roleId) : undefined;
  const code = codeOf(functionId, properties, resolved);
  const tags = tagsOf(properties.Tags);
  const publication = publicationOf(functionId, properties, resolved);
  const declared = resource("AWS::Lambda::Function", {
    ...Object.fromEntries(SAME.map((name) => [name, properties[name]])),
    Description: publication?.description ?? properties.Description,
    Code: code,
    DeadLetterConfig: deadLetterTarget(properties),
    Role: properties.Role ?? getAtt(roleId, "Arn"),
    Tags: tags,
    TracingConfig: properties.Tracing && { Mode: properties.Tracing },
  });
  resources.set(functionId, { ...declared, ...rest });
  allowOwn(role, properties);
  if (publication !== undefined) publish({ functionId, properties, declared, publication, resolved, resources });
  const { alias, aliasId } = publication ?? {};
  const target = aliasId === undefined ? { name: ref(functionId), arn: getAtt(functionId, "Arn") } : both(ref(aliasId));
  invokeConfig({ functionId, properties, rest, aliasId, alias, role, resources });
  role?.addPolicies(functionId, properties.Policies);
  expandEvents({ functionId, target, role, resources }, mapIn(properties, "Events"), skipsUnknown);
  const { PermissionsBoundary, RolePath: Path, AssumeRolePolicyDocument: trust } = properties;
  const given = { PermissionsBoundary, Path, ...(trust !== undefined && { AssumeRolePolicyDocument: trust }) };
  if (role !== undefined) resources.set(roleId, role.declared("lambda.amazonaws.com", { ...given, Tags: tags }));
  return new Map([...resources].map(([id, one]) => [id, { ...passedOn(rest), ...tagged(one, properties) }] as const));
}

/** AWS: what belongs to a function is there under its condition, and stays or goes as it does. */
function passedOn({ Condition, DeletionPolicy, UpdateReplacePolicy }: ValueMap): ValueMap {
  return withoutUndefined({ Condition, DeletionPolicy, UpdateReplacePolicy });
}

const TAGGED = ["AWS::Lambda::Function", "AWS::IAM::Role", "AWS::SQS::Queue", "AWS::SNS::Topic"];

/** AWS: where a function hands its tags on, they take the place of all others, its own included. */
function tagged(made: ValueMap, { PropagateTags, Tags }: ValueMap): ValueMap {
  const [, ...own] = tagsOf(Tags);
  const isTagged = own.length > 0 && textOf(PropagateTags)?.toLowerCase() === "true";
  if (!isTagged || !TAGGED.includes(textOf(made.Type) ?? "")) return made;
  return { ...made, Properties: { ...mapIn(made, "Properties"), Tags: own } };
}

/** Throws TemplateError for what SAM demands of every function. */
function checkFunction(functionId: string, properties: ValueMap): void {
  const { PackageType, Runtime, Handler, ImageUri, DeadLetterQueue } = properties;
  const isZip = PackageType === "Zip" || (PackageType === undefined && ImageUri === undefined);
  if (isZip && (Runtime === undefined || Handler === undefined)) {
    throw invalidResource(functionId, "Runtime and Handler needs to be present when PackageType is of type `Zip`");
  }
  if (DeadLetterQueue === undefined) return;
  const { Type, TargetArn } = mapIn(properties, "DeadLetterQueue");
  if (Type === undefined || TargetArn === undefined) {
    throw invalidResource(functionId, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
  }
  if (!Object.hasOwn(DEAD_LETTER_ACTIONS, textOf(Type) ?? "")) {
    throw invalidResource(functionId, "'DeadLetterQueue' requires Type of ['SQS', 'SNS']");
  }
}

const DEAD_LETTER_ACTIONS: Readonly<Record<string, string>> = { SQS: "sqs:SendMessage", SNS: "sns:Publish" };

function both(value: Value) {
  return { name: value, arn: value };
}

function expandEvents(subject: Parameters<typeof expandEvent>[0], events: ValueMap, skipsUnknown: boolean): void {
  for (const name of Object.keys(events).sort()) {
    const declared = mapIn(events, name);
    if (!skipsUnknown || isKnownEvent(textOf(declared.Type))) expandEvent(subject, name, declared);
  }
}

/** A path of this machine stays as it is: whoever runs functions uses the folder in place. */
function codeOf(functionId: string, properties: ValueMap, resolved: SamFunction["resolved"]): ValueMap {
  const { InlineCode, CodeUri, ImageUri } = properties;
  if (InlineCode !== undefined) return { ZipFile: InlineCode };
  if (ImageUri !== undefined) return { ImageUri };
  if (CodeUri === undefined) throw invalidResource(functionId, "Only one of 'InlineCode' or 'CodeUri' can be set.");
  return storedObject(resolved(CodeUri));
}

/** The object of S3 that a URI or a map names. */
export function storedObject(uri: Value): ValueMap {
  if (isMap(uri)) {
    return withoutUndefined({ S3Bucket: uri.Bucket, S3Key: uri.Key, S3ObjectVersion: uri.Version });
  }
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(textOf(uri) ?? "") ?? [];
  return bucket === undefined || key === undefined ? { CodeUri: uri } : { S3Bucket: bucket, S3Key: key };
}

function tagsOf(declared: Value | undefined): readonly ValueMap[] {
  const own = isMap(declared) ? Object.entries(declared).map(([Key, Value]) => ({ Key, Value })) : [];
  return [CREATED_BY, ...own];
}

function deadLetterTarget(properties: ValueMap): ValueMap | undefined {
  const { TargetArn } = mapIn(properties, "DeadLetterQueue");
  return TargetArn === undefined ? undefined : { TargetArn };
}

function allowOwn(role: FunctionRole | undefined, properties: ValueMap): void {
  if (role === undefined) return;
  role.addManaged("AWSLambdaBasicExecutionRole");
  if (properties.Tracing !== undefined) role.addManaged("AWSXrayWriteOnlyAccess");
  if (properties.VpcConfig !== undefined) role.addManaged("AWSLambdaVPCAccessExecutionRole");
  const { Type, TargetArn } = mapIn(properties, "DeadLetterQueue");
  if (TargetArn === undefined) return;
  role.allow("DeadLetterQueuePolicy", DEAD_LETTER_ACTIONS[textOf(Type) ?? ""] ?? "", TargetArn, "2012-10-17");
}

interface Invocation extends Pick<SamFunction, "functionId" | "properties" | "rest"> {
  readonly alias: string | undefined;
  readonly aliasId: string | undefined;
  readonly role: FunctionRole | undefined;
  readonly resources: Resources;
}

/** What becomes of calls that nobody waits for. */
function invokeConfig({ functionId, properties, rest, alias, aliasId, role, resources }: Invocation): void {
  const config = properties.EventInvokeConfig;
  if (!isMap(config)) return;
  const id = `${functionId}EventInvokeConfig`;
  const declaredDestinations = mapIn(config, "DestinationConfig");
  const names = ["OnSuccess", "OnFailure"].filter((name) => declaredDestinations[name] !== undefined);
  const destinations = names.map((name) => {
    const declared = mapIn(declaredDestinations, name);
    const context = { functionId, prefix: `${id}${name}`, role, resources };
    return [name, destinationOf(declared, context)] as const;
  });
  const made = resource("AWS::Lambda::EventInvokeConfig", {
    ...config,
    DestinationConfig: Object.fromEntries(destinations),
    FunctionName: ref(functionId),
    Qualifier: alias ?? "$LATEST",
  });
  const DependsOn = aliasId === undefined ? undefined : [aliasId];
  resources.set(id, { ...made, ...withoutUndefined({ DependsOn, Metadata: rest.Metadata }) });
}
