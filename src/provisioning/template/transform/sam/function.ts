import { createHash } from "node:crypto";
import { isList, isMap, jsonOf, textOf, type Value, type ValueMap } from "../../value.ts";
import { destinationOf } from "./destination.ts";
import { expandEvent, isKnownEvent } from "./events.ts";
import { FunctionRole } from "./role.ts";
import { getAtt, invalidResource, mapIn, type Resources, ref, resource, withoutUndefined } from "./sam-resource.ts";

/** Properties that a function of Lambda has under the same name. */
const SAME = [
  ...["Architectures", "CodeSigningConfigArn", "Description", "EphemeralStorage", "FileSystemConfigs", "FunctionName"],
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
const HASH_LENGTH = 10;

/** A function of SAM with everything that a template says of it. */
interface SamFunction {
  readonly functionId: string;
  readonly properties: ValueMap;
  /** What beside its properties the template says: condition, dependencies, metadata. */
  readonly rest: ValueMap;
  /** Whether events that are not known are left out. */
  readonly skipsUnknown: boolean;
}

/** The resources of a function: itself, its role, version, alias and events. Throws TemplateError. */
export function functionResources({ functionId, properties, rest, skipsUnknown }: SamFunction): Resources {
  const resources: Resources = new Map();
  const roleId = `${functionId}Role`;
  const role = properties.Role === undefined ? new FunctionRole(roleId) : undefined;
  const code = codeOf(functionId, properties);
  const tags = tagsOf(properties.Tags);
  const declared = resource("AWS::Lambda::Function", {
    ...Object.fromEntries(SAME.map((name) => [name, properties[name]])),
    Code: code,
    DeadLetterConfig: deadLetterTarget(properties),
    Role: properties.Role ?? getAtt(roleId, "Arn"),
    Tags: tags,
    TracingConfig: properties.Tracing && { Mode: properties.Tracing },
  });
  resources.set(functionId, { ...declared, ...rest });
  allowOwn(role, functionId, properties);
  const alias = textOf(properties.AutoPublishAlias);
  const aliasId = alias === undefined ? undefined : `${functionId}Alias${alias.replace(/[^A-Za-z0-9]/g, "")}`;
  if (alias !== undefined && aliasId !== undefined)
    publish({ functionId, published: { ...code, ...publishedWith(properties) }, alias, aliasId, resources });
  const target = aliasId === undefined ? { name: ref(functionId), arn: getAtt(functionId, "Arn") } : both(ref(aliasId));
  invokeConfig({ functionId, properties, rest, aliasId, alias, role, resources });
  role?.addPolicies(functionId, properties.Policies);
  expandEvents({ functionId, target, role, resources }, mapIn(properties, "Events"), skipsUnknown);
  const boundary = { PermissionsBoundary: properties.PermissionsBoundary, Path: properties.RolePath };
  if (role !== undefined) resources.set(roleId, role.declared("lambda.amazonaws.com", { ...boundary, Tags: tags }));
  return conditional(resources, rest.Condition);
}

function both(value: Value) {
  return { name: value, arn: value };
}

function expandEvents(subject: Parameters<typeof expandEvent>[0], events: ValueMap, skipsUnknown: boolean): void {
  for (const name of Object.keys(events).sort()) {
    const declared = mapIn(events, name);
    if (!skipsUnknown || isKnownEvent(textOf(declared.Type))) expandEvent(subject, name, declared);
  }
}

/** Whatever belongs to a function is there under its condition. */
function conditional(resources: Resources, Condition: Value | undefined): Resources {
  if (Condition === undefined) return resources;
  return new Map([...resources].map(([id, declared]) => [id, { ...declared, Condition }] as const));
}

/** A path of this machine stays as it is: whoever runs functions uses the folder in place. */
function codeOf(functionId: string, properties: ValueMap): ValueMap {
  const { InlineCode, CodeUri, ImageUri } = properties;
  if (InlineCode !== undefined) return { ZipFile: InlineCode };
  if (ImageUri !== undefined) return { ImageUri };
  if (CodeUri === undefined)
    throw invalidResource(functionId, "Either 'InlineCode', 'CodeUri' or 'ImageUri' must be set.");
  return storedObject(CodeUri);
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

function allowOwn(role: FunctionRole | undefined, functionId: string, properties: ValueMap): void {
  if (role === undefined) return;
  role.addManaged("AWSLambdaBasicExecutionRole");
  if (properties.Tracing !== undefined) role.addManaged("AWSXrayWriteOnlyAccess");
  if (properties.VpcConfig !== undefined) role.addManaged("AWSLambdaVPCAccessExecutionRole");
  const { Type, TargetArn } = mapIn(properties, "DeadLetterQueue");
  if (TargetArn === undefined) return;
  const action = { SQS: "sqs:SendMessage", SNS: "sns:Publish" }[textOf(Type) ?? ""];
  if (action === undefined)
    throw invalidResource(functionId, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
  role.allow("DeadLetterQueuePolicy", action, TargetArn, "2012-10-17");
}

/** AWS: what makes another version beside the code. */
function publishedWith(properties: ValueMap): ValueMap {
  const { MemorySize } = properties;
  return withoutUndefined({ ...mapIn(properties, "Environment"), MemorySize });
}

/** What a version is published of: its logical id is another when the code is. */
interface Publication {
  readonly functionId: string;
  readonly published: ValueMap;
  readonly alias: string;
  readonly aliasId: string;
  readonly resources: Resources;
}

function publish({ functionId, published, alias, aliasId, resources }: Publication): void {
  const versionId = `${functionId}Version${hashOf(published)}`;
  const version = resource("AWS::Lambda::Version", { FunctionName: ref(functionId) });
  resources.set(versionId, { ...version, DeletionPolicy: "Retain" });
  resources.set(
    aliasId,
    resource("AWS::Lambda::Alias", {
      Name: alias,
      FunctionName: ref(functionId),
      FunctionVersion: getAtt(versionId, "Version"),
    }),
  );
}

/** The first digits of a digest of a value whose members are sorted. */
export function hashOf(value: Value): string {
  const text = JSON.stringify(jsonOf(value), (_key, part: unknown) =>
    typeof part === "object" && part !== null && !isList(part as Value)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return createHash("sha1").update(text).digest("hex").slice(0, HASH_LENGTH);
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
  const destinations = Object.entries(mapIn(config, "DestinationConfig")).map(([name, declared]) => {
    const context = { functionId, prefix: `${id}${name}`, role, resources };
    return [name, isMap(declared) ? destinationOf(declared, context) : declared] as const;
  });
  const made = resource("AWS::Lambda::EventInvokeConfig", {
    ...config,
    DestinationConfig: destinations.length === 0 ? undefined : Object.fromEntries(destinations),
    FunctionName: ref(functionId),
    Qualifier: alias ?? "$LATEST",
  });
  const DependsOn = aliasId === undefined ? undefined : [aliasId];
  resources.set(id, { ...made, ...withoutUndefined({ DependsOn, Metadata: rest.Metadata }) });
}
