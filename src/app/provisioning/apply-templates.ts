import { AwsError } from "../../kernel/aws-error.ts";
import { bootstrapName } from "../../kernel/cdk-bootstrap.ts";
import type { Operate } from "../../provisioning/operate.ts";
import { createOperate } from "../operate.ts";
import { UsageError } from "../settings/config.ts";
import { applyDepsOf } from "./apply-deps.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";
import { type TemplateFile, templateFiles } from "./template-files.ts";

/** AWS: longer templates are given by URL. */
const LONGEST_BODY = 51_200;
const CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];

const MADE: ReadonlySet<string> = new Set(["CREATE_COMPLETE", "UPDATE_COMPLETE"]);
const NOTHING_TO_DO = "No updates are to be performed.";

interface StackEvent {
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
}

/** Makes stacks of the templates that are to be there from the start. Throws UsageError, which says what of them cannot be. */
export async function applyTemplates(deps: ProvisioningRoomDeps): Promise<void> {
  const { config, log } = deps;
  const operate = createOperate(deps);
  const files = await templateFiles(config.template ?? "");
  for (const file of files) {
    const stackName = files.length === 1 ? (config.stackName ?? file.stackName) : file.stackName;
    await makeStack({ ...file, stackName }, operate, deps);
    log.log("info", { resource: stackName }, "made a stack of a template");
  }
}

async function makeStack(file: TemplateFile, operate: Operate, deps: ProvisioningRoomDeps): Promise<void> {
  const { account, region } = deps.config;
  const call = (name: string, input: object) => operate("cloudformation", name, input, { account, region });
  const { stackName: StackName } = file;
  try {
    const given = { ...file.parameters, ...parametersOf(deps.config.parameter) };
    const Parameters = Object.entries(given).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value }));
    const template = await templateSource(file, operate, deps);
    const wanted = { StackName, Parameters, Capabilities: CAPABILITIES, ...template };
    if (await isThere(call, StackName)) await update(call, wanted);
    else await call("CreateStack", { ...wanted, OnFailure: "DO_NOTHING" });
    const stack = await settled(async () => {
      const { Stacks } = (await call("DescribeStacks", { StackName })) as { readonly Stacks: readonly StackStatus[] };
      return Stacks[0];
    }, deps);
    if (MADE.has(stack?.StackStatus ?? "")) return;
    const { StackEvents } = (await call("DescribeStackEvents", { StackName })) as {
      readonly StackEvents: readonly StackEvent[];
    };
    throw new UsageError(`${file.path}: ${failureIn(StackEvents, stack)}`);
  } catch (cause) {
    throw cause instanceof AwsError ? new UsageError(`${file.path}: ${cause.message}`) : cause;
  }
}

/** The stack once nothing happens to it any more: it may wait for signals, which come from outside. */
async function settled(
  look: () => Promise<StackStatus | undefined>,
  deps: ProvisioningRoomDeps,
): Promise<StackStatus | undefined> {
  const { pause } = applyDepsOf(deps);
  for (;;) {
    const stack = await look();
    if (stack?.StackStatus.endsWith("IN_PROGRESS") !== true) return stack;
    await pause(deps.config.account);
  }
}

type CallCloudFormation = (name: string, input: object) => Promise<unknown>;

/** Where state outlasts the process, the stack may be there. */
async function isThere(call: CallCloudFormation, StackName: string): Promise<boolean> {
  try {
    await call("DescribeStacks", { StackName });
    return true;
  } catch (cause) {
    if (cause instanceof AwsError) return false;
    throw cause;
  }
}

async function update(call: CallCloudFormation, wanted: object): Promise<void> {
  try {
    await call("UpdateStack", wanted);
  } catch (cause) {
    if (!(cause instanceof AwsError && cause.message === NOTHING_TO_DO)) throw cause;
  }
}

interface StackStatus {
  readonly StackStatus: string;
  readonly StackStatusReason?: string;
}

/** The first resource that failed, with the service's own text; else what the stack says. */
function failureIn(events: readonly StackEvent[], stack: StackStatus | undefined): string {
  const failed = events.toReversed().find(({ ResourceStatus }) => /^(CREATE|UPDATE)_FAILED$/.test(ResourceStatus));
  if (failed === undefined) return `${stack?.StackStatus}: ${stack?.StackStatusReason}`;
  return `${failed.LogicalResourceId} (${failed.ResourceType}): ${failed.ResourceStatusReason}`;
}

/** Where CloudFormation finds the template: in the call, or in the bucket for assets when it is long. */
async function templateSource(
  { text, stackName }: TemplateFile,
  operate: Operate,
  deps: ProvisioningRoomDeps,
): Promise<object> {
  if (Buffer.byteLength(text) <= LONGEST_BODY) return { TemplateBody: text };
  const { account, region } = deps.config;
  const Bucket = bootstrapName("assets", { account, region });
  const Key = `${stackName}.template`;
  await operate("s3", "PutObject", { Bucket, Key, Body: Buffer.from(text) }, { account, region });
  return { TemplateURL: `${deps.origin()}/${Bucket}/${Key}` };
}

/** `Name=value`, as often as there are parameters. */
function parametersOf(given: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(given.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]));
}
