import {
  type Declarations,
  malformedExport,
  noText,
  type OutputDeclaration,
  type ResourceDeclaration,
} from "./declarations.ts";
import { Budget } from "./expression/budget.ts";
import { Conditions } from "./expression/conditions.ts";
import { early, evaluate, type Names } from "./expression/evaluate.ts";
import { type ResolvedParameter, resolveParameters, type StoredParameters } from "./expression/parameters.ts";
import { pseudoParameter, type StackIdentity, zonesIn } from "./expression/pseudo-parameters.ts";
import { checkRules } from "./expression/rules.ts";
import { refuseUnresolved, refuseUnresolvedOutputs } from "./references.ts";
import type { ProcessedTemplate } from "./template.ts";
import { formatError, TemplateError } from "./template-error.ts";
import { Pace, STEPS_PER_RESOURCE } from "./text/limits.ts";
import { isList, isMap, Reference, textOf, type Value, type ValueMap, waitingFor } from "./value.ts";

/** What resolving a template takes. */
export interface ResolveContext {
  /** Values that were given; defaults hold for the others. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly stack: StackIdentity;
  /** What another stack of account and region exports under the name. */
  readonly exported: (name: string) => string | undefined;
  readonly stored: StoredParameters;
}

/** A template with the values it has in one stack. What depends on resources waits until they are there. */
export interface Resolved {
  readonly declarations: Declarations;
  readonly parameters: ReadonlyMap<string, ResolvedParameter>;
  readonly conditions: ReadonlyMap<string, boolean>;
  /** Those whose condition holds, in the template's order. */
  readonly resources: ReadonlyMap<string, ResolvedResource>;
  /** Those whose condition holds. */
  readonly outputs: readonly ResolvedOutput[];
  /** What other stacks export that is used here, by name. */
  readonly imports: readonly string[];
}

export type DeletionPolicy = "Delete" | "Retain" | "RetainExceptOnCreate" | "Snapshot";

/** A resource that is to be there. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ValueMap;
  /** The resources that have to be there before it. */
  readonly dependsOn: readonly string[];
  readonly metadata: Value | undefined;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
}

/** An output that is to be there. */
interface ResolvedOutput {
  readonly key: string;
  readonly value: Value;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** Resolves a template for one stack. Throws TemplateError for everything AWS refuses before there are resources. */
export async function resolve(template: ProcessedTemplate, context: ResolveContext): Promise<Resolved> {
  const { declarations } = template;
  const parameters = await resolveParameters(declarations.parameters, context.parameters, context.stored);
  const resolver = new Resolver(declarations, parameters, context);
  await template.pause();
  return resolver.resolved(new Pace(template.pause));
}

class Resolver {
  readonly #declarations: Declarations;
  readonly #parameters: ReadonlyMap<string, ResolvedParameter>;
  readonly #context: ResolveContext;
  readonly #conditions: Conditions;
  readonly #imports = new Set<string>();
  readonly #names: Names;
  /** What was asked for that no resource is there to answer. */
  #unresolved = new Set<string>();

  constructor(declarations: Declarations, parameters: ReadonlyMap<string, ResolvedParameter>, context: ResolveContext) {
    this.#declarations = declarations;
    this.#parameters = parameters;
    this.#context = context;
    this.#conditions = new Conditions(declarations.conditions);
    this.#names = {
      ref: (name) => this.#ref(name),
      attribute: (logicalId, attribute) => this.#reference(logicalId, attribute),
      condition: (name, within) => this.#conditions.holds(name, within, this.#names),
      mapping: (name) => {
        const mapping = declarations.mappings[name];
        return isMap(mapping) ? mapping : undefined;
      },
      exported: (name) => this.#exported(name),
      zones: zonesIn(context.stack.scope),
      budget: new Budget(),
    };
  }

  async resolved(pace: Pace): Promise<Resolved> {
    checkRules(this.#declarations.rules, this.#names);
    const conditions = new Map(
      Object.keys(this.#declarations.conditions).map((name) => [name, this.#holds(name)] as const),
    );
    const resources = new Map<string, ResolvedResource>();
    for (const [logicalId, declared] of this.#declarations.resources) {
      if (this.#holds(declared.condition)) resources.set(logicalId, this.#resource(logicalId, declared));
      if (pace.isDue(STEPS_PER_RESOURCE)) await pace.turn();
    }
    refuseUnresolved(this.#unresolved);
    this.#unresolved = new Set();
    const outputs: ResolvedOutput[] = [];
    for (const [key, declared] of this.#declarations.outputs) {
      if (this.#holds(declared.condition)) outputs.push(this.#output(key, declared));
    }
    refuseUnresolvedOutputs(this.#unresolved);
    refuseSameExports(outputs);
    return {
      declarations: this.#declarations,
      parameters: this.#parameters,
      conditions,
      resources,
      outputs,
      imports: [...this.#imports],
    };
  }

  #holds(condition: string | undefined): boolean {
    if (condition === undefined) return true;
    return this.#conditions.holds(condition, "the Conditions block of the template", this.#names);
  }

  #resource(logicalId: string, declared: ResourceDeclaration): ResolvedResource {
    const properties = evaluate(declared.properties, this.#names);
    // AWS: a resource that is not there needs not be waited for.
    const named = declared.dependsOn.filter((name) => this.#isActive(name));
    return {
      logicalId,
      type: declared.type,
      properties: isMap(properties) ? properties : {},
      dependsOn: [...new Set([...named, ...Array.from(waitingFor(properties), ({ logicalId: id }) => id)])],
      metadata: declared.metadata && evaluate(declared.metadata, this.#names),
      deletionPolicy: this.#policy(logicalId, "DeletionPolicy", declared.deletionPolicy),
      updateReplacePolicy: this.#policy(logicalId, "UpdateReplacePolicy", declared.updateReplacePolicy),
    };
  }

  #policy(logicalId: string, name: keyof typeof POLICIES, declared: Value | undefined): DeletionPolicy {
    if (declared === undefined) return "Delete";
    const policy = POLICIES[name].find((one) => one === textOf(evaluate(declared, this.#names)));
    if (policy !== undefined) return policy;
    throw formatError(`[/Resources/${logicalId}/${name}] Unrecognized ${name} ${textOf(declared) ?? ""}`.trimEnd());
  }

  #output(key: string, declared: OutputDeclaration): ResolvedOutput {
    const value = evaluate(declared.value, this.#names);
    if (isList(value) || isMap(value)) throw noText();
    return { key, value, description: declared.description, exportName: this.#exportName(key, declared.exportName) };
  }

  #exportName(key: string, declared: Value | undefined): string | undefined {
    if (declared === undefined) return undefined;
    const name = textOf(early(declared, this.#names, (flaw) => malformedExport.dependent(key, flaw)));
    if (name === undefined || !EXPORT_NAME.test(name)) throw malformedExport.name(key);
    if (name.length > MAX_EXPORT_NAME) throw malformedExport.length(key, MAX_EXPORT_NAME);
    return name;
  }

  #ref(name: string): Value | undefined {
    const parameter = this.#parameters.get(name);
    return parameter?.value ?? pseudoParameter(name, this.#context.stack) ?? this.#reference(name);
  }

  #reference(logicalId: string, attribute?: string): Value {
    if (!this.#isActive(logicalId)) this.#unresolved.add(logicalId);
    return new Reference(logicalId, attribute);
  }

  #isActive(logicalId: string): boolean {
    const declared = this.#declarations.resources.get(logicalId);
    return declared !== undefined && this.#holds(declared.condition);
  }

  #exported(name: string): string {
    const value = this.#context.exported(name);
    if (value === undefined) throw new TemplateError(noExport(name));
    this.#imports.add(name);
    return value;
  }
}

export function noExport(name: string): string {
  return `No export named ${name} found.`;
}

const EXPORT_NAME = /^[A-Za-z0-9:-]+$/;
const MAX_EXPORT_NAME = 256;

/** AWS tells every name that more than one output is exported by. */
function refuseSameExports(outputs: readonly ResolvedOutput[]): void {
  const names = outputs.flatMap(({ exportName }) => exportName ?? []);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
  if (twice.size === 0) return;
  throw formatError(
    `The Outputs section contains duplicate Export names: [${[...twice].join(", ")}]. Specify a unique name for each export.`,
  );
}

/** AWS: Snapshot is for databases and volumes, which no stack here has. */
const POLICIES = {
  DeletionPolicy: ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"],
  UpdateReplacePolicy: ["Delete", "Retain", "Snapshot"],
} as const satisfies Readonly<Record<string, readonly DeletionPolicy[]>>;
