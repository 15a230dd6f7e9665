import { boolean, double, integer, list, long, map, required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { arnOrNothing, description } from "../shapes.ts";

const deadLetterConfig = structure({ TargetArn: arnOrNothing });
const tracingConfig = structure({ Mode: string({ values: ["Active", "PassThrough"] }) });
const environmentVariables = map(string(), {
  key: string({ pattern: pattern("[a-zA-Z]([a-zA-Z0-9_])+") }),
  isSecret: true,
});
const vpcMembers = {
  SubnetIds: list(string(), { min: 0, max: 16 }),
  SecurityGroupIds: list(string(), { min: 0, max: 5 }),
  Ipv6AllowedForDualStack: boolean(),
};
const layerArn = string({
  min: 1,
  max: 140,
  pattern: pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+"),
});
const fileSystemConfigs = list(
  structure({
    Arn: required(
      string({
        min: 0,
        max: 256,
        pattern: pattern(
          "arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}",
        ),
      }),
    ),
    LocalMountPath: required(string({ min: 0, max: 160, pattern: pattern("/mnt/[a-zA-Z0-9-_.]+") })),
  }),
  { min: 0, max: 1 },
);
const words = list(string(), { min: 0, max: 1500 });
const imageConfig = structure({
  EntryPoint: words,
  Command: words,
  WorkingDirectory: string({ min: 0, max: 1000 }),
});
const ephemeralStorage = structure({ Size: required(integer({ min: 512, max: 10_240 })) });
const applyOn = string({ values: ["PublishedVersions", "None"] });
export const loggingConfig = structure({
  LogFormat: string({ values: ["JSON", "Text"] }),
  ApplicationLogLevel: string({ values: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] }),
  SystemLogLevel: string({ values: ["DEBUG", "INFO", "WARN"] }),
  LogGroup: string({ min: 1, max: 512, pattern: pattern("[\\.\\-_/#A-Za-z0-9]+") }),
});
const capacityProviderConfig = structure({
  LambdaManagedInstancesCapacityProviderConfig: required(
    structure({
      CapacityProviderArn: required(
        string({
          min: 1,
          max: 140,
          pattern: pattern(
            "arn:aws[a-zA-Z-]*:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+",
          ),
        }),
      ),
      PerExecutionEnvironmentMaxConcurrency: integer({ min: 1, max: 1600 }),
      ExecutionEnvironmentMemoryGiBPerVCpu: double({ min: 2, max: 8 }),
    }),
  ),
});
const durableConfig = structure({
  RetentionPeriodInDays: integer({ min: 1, max: 90 }),
  ExecutionTimeout: integer({ min: 1, max: 31_622_400 }),
});
export const tenancyConfig = structure({ TenantIsolationMode: required(string({ values: ["PER_TENANT"] })) });
export const architectures = list(string({ values: ["x86_64", "arm64"] }), { min: 1, max: 1 });

export const role = string({ pattern: pattern("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+") });
const handler = string({ min: 0, max: 128, pattern: pattern("[^\\s]+") });
const kmsKeyArn = arnOrNothing;

/** What CreateFunction and UpdateFunctionConfiguration both take. Which runtimes there are is no constraint to AWS, but a rule. */
export const configurationMembers = {
  Runtime: string(),
  Handler: handler,
  Description: description,
  Timeout: integer({ min: 1, max: 900 }),
  MemorySize: integer({ min: 128, max: 32_768 }),
  VpcConfig: structure(vpcMembers),
  DeadLetterConfig: deadLetterConfig,
  Environment: structure({ Variables: environmentVariables }),
  KMSKeyArn: kmsKeyArn,
  TracingConfig: tracingConfig,
  Layers: list(layerArn),
  FileSystemConfigs: fileSystemConfigs,
  ImageConfig: imageConfig,
  EphemeralStorage: ephemeralStorage,
  SnapStart: structure({ ApplyOn: applyOn }),
  LoggingConfig: loggingConfig,
  CapacityProviderConfig: capacityProviderConfig,
  DurableConfig: durableConfig,
};

const failure = structure({ ErrorCode: string(), Message: string() });

/** A function or version as answers show it. */
export const functionConfiguration = structure({
  FunctionName: string(),
  FunctionArn: string(),
  Runtime: string(),
  Role: string(),
  Handler: string(),
  CodeSize: long(),
  Description: string(),
  Timeout: integer(),
  MemorySize: integer(),
  LastModified: string(),
  CodeSha256: string(),
  Version: string(),
  VpcConfig: structure({ ...vpcMembers, VpcId: string() }),
  DeadLetterConfig: deadLetterConfig,
  Environment: structure({ Variables: map(string()), Error: failure }),
  KMSKeyArn: string(),
  TracingConfig: tracingConfig,
  MasterArn: string(),
  RevisionId: string(),
  Layers: list(
    structure({ Arn: string(), CodeSize: long(), SigningProfileVersionArn: string(), SigningJobArn: string() }),
  ),
  State: string(),
  StateReason: string(),
  StateReasonCode: string(),
  LastUpdateStatus: string(),
  LastUpdateStatusReason: string(),
  LastUpdateStatusReasonCode: string(),
  FileSystemConfigs: fileSystemConfigs,
  PackageType: string(),
  ImageConfigResponse: structure({ ImageConfig: imageConfig, Error: failure }),
  SigningProfileVersionArn: string(),
  SigningJobArn: string(),
  Architectures: architectures,
  EphemeralStorage: ephemeralStorage,
  SnapStart: structure({ ApplyOn: applyOn, OptimizationStatus: string() }),
  RuntimeVersionConfig: structure({ RuntimeVersionArn: string(), Error: failure }),
  LoggingConfig: loggingConfig,
  CapacityProviderConfig: capacityProviderConfig,
  ConfigSha256: string(),
  DurableConfig: durableConfig,
  TenancyConfig: tenancyConfig,
});

/** What is true of every answer that shows a configuration. */
export const configurationGaps = [
  "Layers, networks, file systems, images, keys, tracing and SnapStart are kept and shown, and make no difference.",
];
