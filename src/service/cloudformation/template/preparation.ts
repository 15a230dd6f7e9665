import { isDeepStrictEqual } from "node:util";
import type { Stack, StackParameter, StackTemplate, Tags } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Operate } from "../../../provisioning/operate.ts";
import { checkTypes, typeNamed } from "../../../provisioning/resource/types.ts";
import type { StackIdentity } from "../../../provisioning/template/expression/pseudo-parameters.ts";
import { type Plan, planOf } from "../../../provisioning/template/plan/plan.ts";
import { noExport, type Resolved, resolve } from "../../../provisioning/template/resolve.ts";
import { type ProcessedTemplate, processedBody, readTemplate } from "../../../provisioning/template/template.ts";
import { TemplateError } from "../../../provisioning/template/template-error.ts";
import { processTemplate, type TransformContext } from "../../../provisioning/template/transform/process.ts";
import { appliedStack, type DeployerDeps, stackParameters } from "../stack/applied-stack.ts";
import { StoredValues } from "../stack/stored-values.ts";

/** What a stack is to become. */
interface PreparationRequest {
  readonly stacks: Stacks;
  readonly stack: Stack;
  readonly text: string;
  /** Values of parameters that were given. */
  readonly given: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly notificationArns: readonly string[];
  /** Whether nothing of the stack is there yet. */
  readonly isFirst: boolean;
  /** Whether the stack begins, to fail, when it imports what nobody exports. */
  readonly beginsAnyhow?: true;
  /** The only types it may have, if that was said. */
  readonly resourceTypes?: readonly string[] | undefined;
}

/** A template that was read and resolved for one stack, and the way there. */
export interface Preparation {
  readonly template: StackTemplate;
  readonly resolved: Resolved;
  readonly parameters: readonly StackParameter[];
  readonly plan: Plan;
  /** Whether the stack would stay as it is. */
  readonly isUnchanged: boolean;
  /** Why it fails before anything of it is made; undefined when nothing is known to be in the way. */
  readonly flaw: string | undefined;
}

/** Reads a template and plans its way to be a stack. Throws StackError for everything AWS refuses before it begins. */
export async function prepare(deps: DeployerDeps, request: PreparationRequest): Promise<Preparation> {
  const { stacks, stack, text, given, tags, isFirst, resourceTypes, beginsAnyhow } = request;
  const stored = new StoredValues(deps.operate, stacks.scope);
  return refusing(async () => {
    const identity = identityOf(request);
    let flaw: string | undefined;
    const unexported = (name: string) => {
      flaw ??= noExport(name);
      return "";
    };
    const read = await processedTemplate(deps, text, { parameters: given, stack: identity });
    const resolved = await resolve(read, {
      parameters: given,
      stack: identity,
      exported: (name) => exportedBy(stacks, stack, name) ?? (beginsAnyhow && unexported(name)),
      stored: stored.value,
    });
    checkTypes(resolved, deps.unknown);
    refuseOtherTypes(resolved, resourceTypes);
    const before = isFirst ? undefined : appliedStack(stack.content);
    const plan = planOf({ before, after: resolved, tags, typeNamed });
    const parameters = stackParameters(resolved);
    const isUnchanged = !isFirst && isEmpty(plan) && (await isSame(deps, request, { read, parameters }));
    return { template: kept(read), resolved, parameters, plan, isUnchanged, flaw };
  });
}

function identityOf({ stacks, stack, notificationArns }: PreparationRequest): StackIdentity {
  return { scope: stacks.scope, stackId: stack.id, stackName: stack.name, notificationArns };
}

function textsOf(parameters: readonly StackParameter[]): Readonly<Record<string, string>> {
  return Object.fromEntries(parameters.map(({ key, value }) => [key, value]));
}

/** The template with its transforms done. Throws TemplateError. */
export async function processedTemplate(
  { operate, pause, unknown }: DeployerDeps,
  text: string,
  context: Pick<TransformContext, "parameters" | "stack">,
): Promise<ProcessedTemplate> {
  const template = await readTemplate(text, pause);
  const included = (location: string) => includedText(operate, location, context.stack.scope);
  return processTemplate(template, { ...context, included, unknown, pause });
}

/** What lies under `s3://bucket/key`; undefined when nothing does. */
async function includedText(operate: Operate, location: string, scope: Scope): Promise<string | undefined> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  if (Bucket === undefined || Key === undefined) return undefined;
  try {
    const { Body } = (await operate("s3", "GetObject", { Bucket, Key }, scope)) as { readonly Body: Uint8Array };
    return Buffer.from(Body).toString();
  } catch (cause) {
    if (cause instanceof AwsError) return undefined;
    throw cause;
  }
}

/** Has what cannot be said of a template answered as AWS does. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof TemplateError ? new StackError(cause.message) : cause;
  }
}

function exportedBy(stacks: Stacks, stack: Stack, name: string): string | undefined {
  const found = stacks.export(name);
  return found === undefined || found.stackId === stack.id ? undefined : found.value;
}

function refuseOtherTypes({ resources }: Resolved, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.length === 0) return;
  for (const { type } of resources.values()) {
    if (allowed.some((one) => one === type || (one.endsWith("*") && type.startsWith(one.slice(0, -1))))) continue;
    throw new StackError(`Resource type ${type} is not allowed by parameter ResourceTypes [${allowed.join(", ")}]`);
  }
}

function isEmpty({ steps, removals }: Plan): boolean {
  return steps.length === 0 && removals.length === 0;
}

interface Compared {
  readonly read: ProcessedTemplate;
  readonly parameters: readonly StackParameter[];
}

/** Whether template, parameters and tags are what the stack has; the template by what it says, not by how it is written. */
async function isSame(
  deps: DeployerDeps,
  request: PreparationRequest,
  { read, parameters }: Compared,
): Promise<boolean> {
  const { content, settings } = request.stack;
  if (!isDeepStrictEqual(content.parameters, parameters) || !isDeepStrictEqual(content.tags, request.tags))
    return false;
  if (!isDeepStrictEqual(settings.notificationArns, request.notificationArns)) return false;
  if (content.template?.text === read.text) return true;
  const old = { parameters: textsOf(content.parameters), stack: identityOf(request) };
  const before = await processedTemplate(deps, content.template?.text ?? "", old);
  return isDeepStrictEqual(processedBody(before), processedBody(read));
}

function kept(template: ProcessedTemplate): StackTemplate {
  const { text, transforms } = template;
  return transforms.length === 0 ? { text } : { text, processed: JSON.stringify(processedBody(template)) };
}
