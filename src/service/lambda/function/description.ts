import { createHash } from "node:crypto";
import type { FunctionSettings, FunctionVersion, PlainMap } from "../../../engine/function/function.ts";
import { functionArn } from "../../../engine/function/function-book.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import type { Infer } from "../../../model/shape.ts";
import type { functionConfiguration } from "./configuration-shapes.ts";

type Configuration = Infer<typeof functionConfiguration>;

/** The version of a function that is shown, and under which name. */
interface Shown {
  readonly scope: Scope;
  readonly name: string;
  readonly version: FunctionVersion;
  /** What the ARN ends with; nothing for the function itself. */
  readonly qualifier?: string | undefined;
}

const CREATING = "The function is being created.";

/** AWS: until the next read, a new function is on its way. */
const PENDING = { State: "Pending", StateReason: CREATING, StateReasonCode: "Creating" } as const;
const SETTLED = { State: "Active", LastUpdateStatus: "Successful" } as const;
/** AWS: the reason is that of a creation. */
const IN_PROGRESS = {
  State: "Active",
  LastUpdateStatus: "InProgress",
  LastUpdateStatusReason: CREATING,
  LastUpdateStatusReasonCode: "Creating",
} as const;

/** A new function. */
export function described(shown: Shown, revisionId: string): Configuration {
  return { ...inListing(shown), ...runtimeVersion(shown), ...PENDING, RevisionId: revisionId };
}

/** A function that has just been changed. */
export function describedUpdate(shown: Shown, revisionId: string): Configuration {
  return { ...inListing(shown), ...runtimeVersion(shown), ...IN_PROGRESS, RevisionId: revisionId };
}

/** A function or version as it is. */
export function describedNow(shown: Shown): Configuration {
  return { ...inListing(shown), ...runtimeVersion(shown), ...SETTLED };
}

/** The same without its states, as listings show it. */
export function inListing({ scope, name, version, qualifier }: Shown): Configuration {
  const { settings, code, revisionId, modifiedAt } = version;
  return {
    FunctionName: name,
    FunctionArn: functionArn(scope, name, qualifier),
    Role: settings.role,
    CodeSize: code.bytes,
    CodeSha256: code.sha256,
    Description: settings.description,
    Timeout: settings.timeoutMs / 1000,
    MemorySize: settings.memoryMb,
    // AWS: an offset without a colon.
    LastModified: formatIso8601(modifiedAt).replace("Z", "+0000"),
    Version: version.version,
    RevisionId: revisionId,
    PackageType: settings.packageType,
    Architectures: [settings.architecture],
    LoggingConfig: loggingOf(settings.logging),
    ...(settings.runtime !== undefined && { Runtime: settings.runtime }),
    ...(settings.handler !== undefined && { Handler: settings.handler }),
    ...(settings.environment && { Environment: { Variables: settings.environment } }),
    ...(settings.deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
    ...shownMembers(settings.shown),
  };
}

function loggingOf({ format, group, applicationLevel, systemLevel }: FunctionSettings["logging"]) {
  return {
    LogFormat: format,
    ...(applicationLevel !== undefined && { ApplicationLogLevel: applicationLevel }),
    ...(systemLevel !== undefined && { SystemLogLevel: systemLevel }),
    LogGroup: group,
  };
}

/** Some of what is kept as it was given goes by another name in answers, or has more to it. */
function shownMembers({ VpcConfig, Layers, ImageConfig, SnapStart, ...others }: PlainMap): Partial<Configuration> {
  const layers = (Layers ?? []) as readonly string[];
  return {
    ...others,
    ...(VpcConfig !== undefined && {
      VpcConfig: { ...(VpcConfig as PlainMap), VpcId: vpcIdOf(VpcConfig as PlainMap) },
    }),
    ...(layers.length > 0 && { Layers: layers.map((Arn) => ({ Arn, CodeSize: 0 })) }),
    ...(ImageConfig !== undefined && { ImageConfigResponse: { ImageConfig: ImageConfig as PlainMap } }),
    SnapStart: { ...(SnapStart as PlainMap), OptimizationStatus: "Off" },
  };
}

/** The network of subnets, the same for the same ones. */
function vpcIdOf({ SubnetIds }: PlainMap): string {
  const subnets = (SubnetIds ?? []) as readonly string[];
  return subnets.length === 0 ? "" : `vpc-${hexDigest(subnets.join()).slice(0, 17)}`;
}

function runtimeVersion({ scope, version }: Shown): Partial<Configuration> {
  const { runtime } = version.settings;
  if (runtime === undefined) return {};
  const arn = `arn:${scope.partition}:lambda:${scope.region}::runtime:${hexDigest(runtime)}`;
  return { RuntimeVersionConfig: { RuntimeVersionArn: arn } };
}

function hexDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
