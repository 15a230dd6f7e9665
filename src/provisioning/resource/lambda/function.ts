import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Json, JsonMap } from "../../template/value.ts";
import { textOfDocument } from "../document.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, flag, list, map, required, text, texts, whole } from "../property.ts";
import { alreadyExists, type Made, type ResourceContext, type ResourceType } from "../resource-type.ts";
import { systemTags } from "../system-tags.ts";
import { given, hasChanged, settings } from "./given.ts";
import { codeOf } from "./inline-code.ts";
import { retag } from "./retag.ts";
import { checkRuntimeUpdates } from "./runtime-updates.ts";

const LONGEST_NAME = 64;

/** What CreateFunction and UpdateFunctionConfiguration both take. */
const CONFIGURATION = {
  Role: required(text),
  Handler: text,
  Runtime: text,
  Description: text,
  Timeout: whole,
  MemorySize: whole,
  Environment: map,
  DeadLetterConfig: map,
  VpcConfig: map,
  TracingConfig: map,
  KmsKeyArn: text,
  Layers: texts,
  FileSystemConfigs: list,
  ImageConfig: map,
  EphemeralStorage: map,
  SnapStart: map,
  LoggingConfig: map,
  DurableConfig: map,
};

/** What stands for a property that is taken out of a template. */
const WHEN_REMOVED: JsonMap = {
  Description: "",
  Timeout: 3,
  MemorySize: 128,
  Environment: { Variables: {} },
  DeadLetterConfig: { TargetArn: "" },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  TracingConfig: { Mode: "PassThrough" },
  KmsKeyArn: "",
  Layers: [],
  FileSystemConfigs: [],
  ImageConfig: {},
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: "None" },
  LoggingConfig: { LogFormat: "Text" },
};

const NAMES = Object.keys(CONFIGURATION);
const CODE = ["Code", "Architectures"];

/** AWS::Lambda::Function. Ref returns its name. Code of its own is what a template says, and an object of this server's S3. */
export const lambdaFunction: ResourceType = {
  properties: {
    FunctionName: createOnly(text),
    PackageType: createOnly(text),
    TenancyConfig: createOnly(map),
    Code: required(map),
    Architectures: texts,
    ...CONFIGURATION,
    ReservedConcurrentExecutions: whole,
    RecursiveLoop: text,
    CodeSigningConfigArn: text,
    RuntimeManagementConfig: map,
    PublishToLatestPublished: flag,
    CapacityProviderConfig: map,
    FunctionScalingConfig: map,
    Tags: list,
  },
  attributes: ["Arn", "SnapStartResponse"],
  nameProperty: "FunctionName",
  identifier: "FunctionName",
  isTagged: true,
  async create(context, { properties, tags }) {
    const Tags = { ...tags, ...systemTags(context) };
    const FunctionName = textOfDocument(properties.FunctionName) ?? physicalName(context, { maxLength: LONGEST_NAME });
    const more = given(properties, ["Architectures", "PackageType", "CodeSigningConfigArn", "TenancyConfig"]);
    const input = { FunctionName, Code: codeOf(properties), ...more, ...configuration(given(properties, NAMES)), Tags };
    const { FunctionArn } = await orExists(context, FunctionName, () =>
      context.operate("lambda CreateFunction", input),
    );
    try {
      await setBeside(context, FunctionName, { before: {}, after: properties });
    } catch (cause) {
      await context.operate("lambda DeleteFunction", { FunctionName });
      throw cause;
    }
    return madeOf(FunctionName, FunctionArn);
  },
  async update(context, { physicalId: FunctionName, attributes, before, after }) {
    const { operate } = context;
    if (hasChanged(before.properties, after.properties, CODE)) {
      const architectures = given(after.properties, ["Architectures"]);
      await operate("lambda UpdateFunctionCode", { FunctionName, ...codeOf(after.properties), ...architectures });
    }
    if (hasChanged(before.properties, after.properties, NAMES)) {
      const changed = configuration(settings(before.properties, after.properties, WHEN_REMOVED, NAMES));
      await operate("lambda UpdateFunctionConfiguration", { FunctionName, ...changed });
    }
    await setBeside(context, FunctionName, { before: before.properties, after: after.properties });
    await retag(context, String(attributes.Arn), { before: before.tags, after: after.tags });
    return { physicalId: FunctionName, attributes };
  },
  async delete(context, { physicalId: FunctionName }) {
    await context.operate("lambda DeleteFunction", { FunctionName });
  },
};

async function orExists<Answer>(context: ResourceContext, name: string, task: () => Promise<Answer>): Promise<Answer> {
  try {
    return await task();
  } catch (cause) {
    if (cause instanceof AwsError && cause.shape === "ResourceConflictException") throw alreadyExists(context, name);
    throw cause;
  }
}

function madeOf(name: string, arn: Json | undefined): Made {
  const SnapStartResponse = { ApplyOn: "None", OptimizationStatus: "Off" };
  return { physicalId: name, attributes: { Arn: String(arn), SnapStartResponse } };
}

/** CloudFormation spells a key otherwise, and takes numbers and flags for variables. */
function configuration({ KmsKeyArn, Environment, ...others }: JsonMap): JsonMap {
  const { Variables = {} } = (Environment ?? {}) as JsonMap;
  const variables = Object.entries(Variables as JsonMap).map(([name, value]) => [name, textOfDocument(value) ?? ""]);
  return {
    ...others,
    ...(KmsKeyArn !== undefined && { KMSKeyArn: KmsKeyArn }),
    ...(Environment !== undefined && { Environment: { Variables: Object.fromEntries(variables) } }),
  };
}

interface Both {
  readonly before: JsonMap;
  readonly after: JsonMap;
}

/** What operations of its own are for. */
async function setBeside({ operate }: ResourceContext, FunctionName: string, { before, after }: Both): Promise<void> {
  checkRuntimeUpdates(after.RuntimeManagementConfig);
  const { ReservedConcurrentExecutions: reserved, RecursiveLoop = "Terminate" } = after;
  if (!isDeepStrictEqual(before.RuntimeManagementConfig, after.RuntimeManagementConfig)) {
    const { UpdateRuntimeOn = "Auto", RuntimeVersionArn } = (after.RuntimeManagementConfig ?? {}) as JsonMap;
    const updates = { UpdateRuntimeOn, ...(RuntimeVersionArn !== undefined && { RuntimeVersionArn }) };
    await operate("lambda PutRuntimeManagementConfig", { FunctionName, ...updates });
  }
  if (reserved !== before.ReservedConcurrentExecutions) {
    const concurrency = { FunctionName, ReservedConcurrentExecutions: reserved ?? null };
    if (reserved === undefined) await operate("lambda DeleteFunctionConcurrency", { FunctionName });
    else await operate("lambda PutFunctionConcurrency", concurrency);
  }
  if (RecursiveLoop !== (before.RecursiveLoop ?? "Terminate")) {
    await operate("lambda PutFunctionRecursionConfig", { FunctionName, RecursiveLoop });
  }
}
