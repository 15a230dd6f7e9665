import { isDeepStrictEqual } from "node:util";
import { coerced, type Properties } from "../../resource/property.ts";
import { tagsOf } from "../../resource/tags.ts";
import { Budget } from "../expression/budget.ts";
import { settle } from "../expression/evaluate.ts";
import type { Resolved, ResolvedResource } from "../resolve.ts";
import { isKnown, isMap, type JsonMap, jsonOf, type Reference, type Value, type ValueMap } from "../value.ts";
import { type AppliedResource, type AppliedStack, attributeOf, type Tags } from "./applied.ts";
import { type Comparison, propertyDetails, shownValue } from "./changes.ts";
import { inOrder } from "./graph.ts";
import type { ChangedPart, Detail, ModifyStep, RemoveStep, Step } from "./step.ts";

/** What a plan has to know of a type of resources. */
interface TypeRules {
  readonly properties: Properties;
  readonly isTagged?: true;
  readonly mayAnswerAnew?: true;
}

/** What there is, and what there shall be. */
interface PlanInput {
  /** Undefined for a stack that is not there yet. */
  readonly before: AppliedStack | undefined;
  /** Undefined for a stack that shall go. */
  readonly after: Resolved | undefined;
  /** Tags of the stack itself. */
  readonly tags: Tags;
  readonly typeNamed: (type: string) => TypeRules;
}

/** How a stack becomes another. */
export interface Plan extends PlanInput {
  /** What is made and changed, each behind what it depends on. */
  readonly steps: readonly Exclude<Step, RemoveStep>[];
  /** What is taken away afterwards, users before what they use. */
  readonly removals: readonly RemoveStep[];
  /** Resources that stay as they are. */
  readonly unchanged: readonly AppliedResource[];
}

/** Plans how a stack becomes another. Throws TemplateError when resources depend on each other in a circle. */
export function planOf(input: PlanInput): Plan {
  return new Planner(input).plan();
}

/** Every step of a plan, in the order in which change sets show them. */
export function changesOf({ steps, removals }: Plan): readonly Step[] {
  return [...steps, ...removals].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

class Planner {
  readonly #input: PlanInput;
  readonly #before: ReadonlyMap<string, AppliedResource>;
  readonly #changedParameters: ReadonlySet<string>;
  readonly #budget = new Budget();
  /** Resources of which Ref and attributes stay what they are. */
  readonly #known = new Map<string, AppliedResource>();

  constructor(input: PlanInput) {
    this.#input = input;
    const { before, after } = input;
    this.#before = new Map(before?.resources.map((resource) => [resource.logicalId, resource]));
    const changed = [...(after?.parameters.values() ?? [])].filter(
      ({ key, text, storedText }) => before?.parameters[key] !== (storedText ?? text),
    );
    this.#changedParameters = new Set(changed.map(({ key }) => key));
  }

  plan(): Plan {
    const { after } = this.#input;
    const steps: Exclude<Step, RemoveStep>[] = [];
    const unchanged: AppliedResource[] = [];
    for (const resource of inOrder([...(after?.resources.values() ?? [])])) {
      const { logicalId, type } = resource;
      const before = this.#before.get(logicalId);
      if (before === undefined) {
        steps.push({ action: "Add", logicalId, type, after: resource });
        continue;
      }
      const step = this.#modification(before, resource);
      if (step === undefined) unchanged.push({ ...before, dependsOn: resource.dependsOn });
      else steps.push(step);
      if (step === undefined || this.#staysSame(step)) this.#known.set(logicalId, before);
    }
    return { ...this.#input, steps, removals: this.#removals(), unchanged };
  }

  /** Whether Ref and attributes are what they were when the resource has changed. */
  #staysSame({ type, replacement }: ModifyStep): boolean {
    return replacement === "False" && this.#input.typeNamed(type).mayAnswerAnew !== true;
  }

  #removals(): readonly RemoveStep[] {
    const gone = [...this.#before.values()].filter(({ logicalId }) => !this.#input.after?.resources.has(logicalId));
    return inOrder(gone)
      .toReversed()
      .map((before) => ({ action: "Remove", logicalId: before.logicalId, type: before.type, before }));
  }

  #modification(before: AppliedResource, after: ResolvedResource): ModifyStep | undefined {
    const { logicalId, type } = after;
    const comparison = this.#comparison(before, after);
    const isOther = before.type !== type || before.failed === "create";
    const details = [...propertyDetails(comparison), ...this.#otherDetails(comparison)];
    if (details.length === 0 && !isOther && before.failed === undefined) return undefined;
    return {
      action: "Modify",
      logicalId,
      type,
      before,
      after,
      replacement: isOther ? "True" : replacementOf(details),
      scope: [...new Set(details.map(({ part }) => part))],
      details,
    };
  }

  #comparison(before: AppliedResource, after: ResolvedResource): Comparison {
    const { properties: rules } = this.#input.typeNamed(after.type);
    const settled = settle(after.properties, (reference) => this.#now(reference), this.#budget);
    return {
      before,
      after,
      properties: inTypes(rules, isMap(settled) ? settled : {}),
      declared: this.#input.after?.declarations.resources.get(after.logicalId)?.properties ?? {},
      rules,
      changedParameters: this.#changedParameters,
    };
  }

  /** What a reference is now, or the reference where that is not known. */
  #now(reference: Reference): Value {
    const known = this.#known.get(reference.logicalId);
    if (known === undefined) return reference;
    return reference.attribute === undefined
      ? known.physicalId
      : (attributeOf(known, reference.attribute) ?? reference);
  }

  #otherDetails({ before, after, properties }: Comparison): readonly Detail[] {
    const changed: ChangedPart[] = [];
    if (!isDeepStrictEqual(before.metadata, after.metadata && jsonOf(after.metadata))) changed.push("Metadata");
    if (before.deletionPolicy !== after.deletionPolicy) changed.push("DeletionPolicy");
    if (before.updateReplacePolicy !== after.updateReplacePolicy) changed.push("UpdateReplacePolicy");
    if (this.#hasOtherTags(before, properties.Tags)) changed.push("Tags");
    return changed.map((part) => ({
      part,
      requiresRecreation: "Never",
      evaluation: "Static",
      source: "DirectModification",
    }));
  }

  /** Whether the tags of the stack have changed, which the resource takes over. */
  #hasOtherTags(before: AppliedResource, wanted: Value | undefined): boolean {
    const rules = this.#input.typeNamed(before.type);
    const isSame = isDeepStrictEqual(before.properties.Tags, wanted && shownValue(wanted));
    return isSame && !isDeepStrictEqual(before.tags, tagsWanted(rules, before.properties, this.#input.tags));
  }
}

function replacementOf(details: readonly Detail[]): ModifyStep["replacement"] {
  const recreating = details.filter(({ requiresRecreation }) => requiresRecreation !== "Never");
  if (recreating.length === 0) return "False";
  const isCertain = recreating.some(
    ({ requiresRecreation, evaluation }) => requiresRecreation === "Always" && evaluation === "Static",
  );
  return isCertain ? "True" : "Conditional";
}

/** The properties in the types of the resource's rules, each for itself, since some may not be known yet. */
function inTypes(rules: Properties, given: ValueMap): ValueMap {
  const entries = Object.entries(given).map(([name, value]): readonly [string, Value] => {
    const rule = rules[name];
    if (rule === undefined || !isKnown(value)) return [name, value];
    const made = coerced({ properties: { [name]: rule } }, { [name]: shownValue(value) } as JsonMap);
    return [name, "flaw" in made ? value : (made.properties[name] ?? null)];
  });
  return Object.fromEntries(entries);
}

/** The tags of a resource that the stack would give it; none for what has no tags. */
export function tagsWanted(rules: TypeRules, properties: JsonMap, stack: Tags): Tags {
  return rules.isTagged ? tagsOf(properties.Tags, stack) : {};
}
