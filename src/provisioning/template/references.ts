import type { Declarations, ResourceDeclaration } from "./declarations.ts";
import { functionCall } from "./expression/function-call.ts";
import { isPseudoParameter } from "./expression/pseudo-parameters.ts";
import { subParts } from "./expression/sub-text.ts";
import { formatError, meaningError, TemplateError } from "./template-error.ts";
import { Pace, type Pause, STEPS_PER_RESOURCE } from "./text/limits.ts";
import { attributeAddress } from "./text/short-forms.ts";
import { isList, isMap, textOf, type Value } from "./value.ts";

/** How references are checked. */
interface Checking {
  /** Whether there are the functions of the language extensions. */
  readonly isExtended: boolean;
  readonly pause: Pause;
}

/**
 * Throws TemplateError unless everything that is referred to is declared, even where no condition lets it matter, and every function
 * is one there is: some come with the language extensions only.
 */
export async function checkReferences(declarations: Declarations, { isExtended, pause }: Checking): Promise<void> {
  const { resources, outputs, conditions } = declarations;
  const pace = new Pace(pause);
  const inResources = new Set<string>();
  for (const resource of resources.values()) {
    const { properties, metadata, dependsOn, condition } = resource;
    if (!isExtended) refuseComputedPolicies(resource);
    for (const name of dependsOn) if (!resources.has(name)) inResources.add(name);
    collect(properties, { declarations, isExtended }, inResources);
    if (metadata !== undefined) collect(metadata, { declarations, isExtended }, inResources);
    checkCondition(condition, declarations, "Resources");
    if (pace.isDue(STEPS_PER_RESOURCE)) await pace.turn();
  }
  refuseUnresolved(inResources);
  const inOutputs = new Set<string>();
  for (const { value, exportName, condition } of outputs.values()) {
    collect(value, { declarations, isExtended }, inOutputs);
    if (exportName !== undefined) collect(exportName, { declarations, isExtended }, inOutputs);
    checkCondition(condition, declarations, "Outputs");
  }
  refuseUnresolvedOutputs(inOutputs);
  checkConditions(conditions, declarations);
}

/** AWS: what becomes of a resource is computed with the language extensions only. */
function refuseComputedPolicies(resource: ResourceDeclaration): void {
  const policies = { DeletionPolicy: resource.deletionPolicy, UpdateReplacePolicy: resource.updateReplacePolicy };
  for (const [name, policy] of Object.entries(policies)) {
    if (policy !== undefined && textOf(policy) === undefined) {
      throw formatError(`Every ${name} member must be a string.`);
    }
  }
}

/** Throws TemplateError if resources refer to what is not there. */
export function refuseUnresolved(names: ReadonlySet<string>): void {
  if (names.size === 0) return;
  throw formatError(
    `Unresolved resource dependencies [${[...names].join(", ")}] in the Resources block of the template`,
  );
}

/** Throws TemplateError if outputs refer to what is not there. AWS: without the prefix. */
export function refuseUnresolvedOutputs(names: ReadonlySet<string>): void {
  if (names.size === 0) return;
  throw new TemplateError(
    `Unresolved resource dependencies [${[...names].join(", ")}] in the Outputs block of the template`,
  );
}

function checkCondition(name: string | undefined, { conditions }: Declarations, block: string): void {
  if (name === undefined || Object.hasOwn(conditions, name)) return;
  throw formatError(`Unresolved condition dependency ${name} in the ${block} block of the template`);
}

/** AWS: conditions are decided before there are resources. */
function checkConditions(conditions: Value, declarations: Declarations): void {
  const names = new Set<string>();
  visit(conditions, {
    ref: (name) => !isParameter(name, declarations) && names.add(name),
    attribute: (name) => names.add(name),
  });
  if (names.size === 0) return;
  throw formatError(
    `Unresolved dependencies [${[...names].join(", ")}]. Cannot reference resources in the Conditions block of the template`,
  );
}

function isParameter(name: string, { parameters }: Declarations): boolean {
  return parameters.has(name) || isPseudoParameter(name);
}

/** What names are held against. */
interface Collecting {
  readonly declarations: Declarations;
  readonly isExtended: boolean;
}

/** Adds the names in a value that nothing has. */
function collect(value: Value, { declarations, isExtended }: Collecting, unresolved: Set<string>): void {
  const { resources } = declarations;
  visit(value, {
    ref: (name) => !resources.has(name) && !isParameter(name, declarations) && unresolved.add(name),
    attribute: (name) => {
      if (!resources.has(name)) throw meaningError(`instance of Fn::GetAtt references undefined resource ${name}`);
    },
    subAttribute: (name) => !resources.has(name) && unresolved.add(name),
    isExtended,
  });
}

/** Who hears of the names in a value. */
interface Visitor {
  readonly ref: (name: string) => unknown;
  readonly attribute: (logicalId: string) => unknown;
  /** An attribute in a text; told as `attribute` unless given. */
  readonly subAttribute?: (logicalId: string) => unknown;
  /** Whether there are the functions of the language extensions; they are taken for granted unless said. */
  readonly isExtended?: boolean;
}

function visit(value: Value, visitor: Visitor): void {
  if (isList(value)) for (const item of value) visit(item, visitor);
  if (!isMap(value)) return;
  const call = functionCall(value, visitor.isExtended);
  if (call?.name === "Ref" && typeof call.argument === "string") visitor.ref(call.argument);
  else if (call?.name === "Fn::GetAtt") visitAttribute(call.argument, visitor);
  else if (call?.name === "Fn::Sub") visitSub(call.argument, visitor);
  else for (const part of Object.values(value)) visit(part, visitor);
}

function visitAttribute(argument: Value, visitor: Visitor): void {
  const address = attributeAddress(argument);
  const [logicalId, attribute] = isList(address) ? address : [];
  // What has no name is refused when it is evaluated, in other words.
  if (typeof logicalId === "string" && logicalId !== "" && attribute !== undefined) visitor.attribute(logicalId);
  if (attribute !== undefined) visit(attribute, visitor);
}

function visitSub(argument: Value, visitor: Visitor): void {
  const [text, own] = isList(argument) ? argument : [argument];
  if (isMap(own)) for (const part of Object.values(own)) visit(part, visitor);
  for (const part of subParts(textOf(text) ?? "")) {
    if ("text" in part || (isMap(own) && Object.hasOwn(own, part.name))) continue;
    const dot = part.name.indexOf(".");
    if (dot < 0) visitor.ref(part.name);
    else (visitor.subAttribute ?? visitor.attribute)(part.name.slice(0, dot));
  }
}

/** The names of parameters and resources that a value refers to. */
export function namesIn(value: Value): readonly string[] {
  const names = new Set<string>();
  const add = (name: string) => names.add(name);
  visit(value, { ref: add, attribute: add });
  return [...names];
}
