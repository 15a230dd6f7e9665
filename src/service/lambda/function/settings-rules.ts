import type { FunctionSettings, PlainMap } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { callerArn, type Scope } from "../../../kernel/scope.ts";
import { LayerDenied } from "../errors.ts";

/** AWS: those whose initialisation it can keep a picture of. Lambda SnapStart, Lambda developer guide. */
const WITHOUT_SNAP_START = /^(?:nodejs|ruby|provided|java8|dotnet6|python3\.(?:8|9|10|11)$)/;

/** Throws InvalidParameterValue for settings that do not go together. AWS: its words, from deployments that failed and from reports. */
export function checkTogether({ packageType, runtime, shown }: FunctionSettings): void {
  const { VpcConfig, FileSystemConfigs, ImageConfig, SnapStart, TenancyConfig } = shown;
  const hasSubnets = checkNetwork(VpcConfig);
  const [fileSystem] = Array.isArray(FileSystemConfigs) ? (FileSystemConfigs as readonly PlainMap[]) : [];
  if (fileSystem !== undefined && !hasSubnets) {
    throw new InvalidParameterValue(
      `Function must be configured to execute in a VPC to reference access point ${String(fileSystem.Arn)}. Please update the function configuration to include VPC subnets and security groups.`,
    );
  }
  if (ImageConfig !== undefined && packageType !== "Image") {
    throw new InvalidParameterValue(
      "The ImageConfig parameter is not supported for functions created with deployment packages.",
    );
  }
  if ((SnapStart as PlainMap | undefined)?.ApplyOn !== "PublishedVersions") return;
  if (TenancyConfig !== undefined) {
    throw new InvalidParameterValue("SnapStart is not supported for functions enabled with tenancy configuration.");
  }
  const what = packageType === "Image" ? "ContainerImage" : runtime;
  if (what !== undefined && (packageType === "Image" || WITHOUT_SNAP_START.test(what))) {
    throw new InvalidParameterValue(`${what} is not supported for SnapStart enabled functions.`);
  }
}

/** Whether there are subnets. Throws InvalidParameterValue for half a network. */
function checkNetwork(network: PlainMap[string] | undefined): boolean {
  const { SubnetIds = [], SecurityGroupIds = [] } = (network ?? {}) as Readonly<Record<string, readonly string[]>>;
  if (SubnetIds.length > 0 !== SecurityGroupIds.length > 0) {
    throw new InvalidParameterValue("SubnetIds and SecurityIds must coexist or be both empty list.");
  }
  return SubnetIds.length > 0;
}

/** AWS: a function has one version of a layer, and has it once. GAP: its words for too many are not known. */
export function checkLayers(arns: readonly string[], scope: Scope): void {
  if (arns.length > MOST_LAYERS) throw new InvalidParameterValue(`Cannot reference more than ${MOST_LAYERS} layers.`);
  const byLayer = new Map<string, string>();
  for (const arn of arns) {
    // AWS: nobody is allowed to have those of another region.
    if (parseArn(arn)?.region !== scope.region) throw new LayerDenied(callerArn(scope), arn);
    const layer = arn.slice(0, arn.lastIndexOf(":"));
    const other = byLayer.get(layer);
    if (other !== undefined) {
      throw new InvalidParameterValue(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    byLayer.set(layer, arn);
  }
}

/** AWS: quotas, Lambda developer guide. */
const MOST_LAYERS = 5;

/** Throws InvalidParameterValue for signing that a function cannot have. */
export function checkSigning(arn: string | undefined, { packageType }: FunctionSettings, { account }: Scope): void {
  if (!arn) return;
  if (packageType === "Image") {
    throw new InvalidParameterValue("Code signing is not supported for functions created with container images.");
  }
  if (parseArn(arn)?.account === account) return;
  throw new InvalidParameterValue(
    `The code signing configuration must be in the same account as the Lambda function. Check the provided ARN: ${arn}.`,
  );
}
