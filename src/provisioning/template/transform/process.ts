import { Budget } from "../expression/budget.ts";
import { evaluate, type Names } from "../expression/evaluate.ts";
import { parameterTypeOf, parameterValue } from "../expression/parameter-types.ts";
import { pseudoParameter, type StackIdentity, zonesIn } from "../expression/pseudo-parameters.ts";
import { LANGUAGE_EXTENSIONS, type ProcessedTemplate, processed, type Template } from "../template.ts";
import { meaningError, TemplateError } from "../template-error.ts";
import type { Pause } from "../text/limits.ts";
import { isMap, ownMember, textOf, type Value, type ValueMap } from "../value.ts";
import { withNames } from "./computed-names.ts";
import { withoutLoops } from "./for-each.ts";
import { withIncludes } from "./include.ts";
import { withoutSam } from "./sam/sam.ts";

/** What the transforms of a template ask for. */
export interface TransformContext {
  /** Values that were given; defaults hold for the others. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly stack: StackIdentity;
  /** The text that is stored under `s3://bucket/key`; undefined when there is none. */
  readonly included: (location: string) => Promise<string | undefined>;
  /** What becomes of parts of SAM that are not known: they are told of, or left out. */
  readonly unknown: "refuse" | "stub";
  readonly pause: Pause;
}

const INCLUDE = "AWS::Include";
const SAM = "AWS::Serverless-2016-10-31";
/** Transforms that change nothing here: they are about deployments, and about secrets that are rotated. */
const WITHOUT_EFFECT = /^AWS::(?:CodeDeployBlueGreen|SecretsManager-\d{4}-\d{2}-\d{2})$/;

/** Does the transforms of a template, what is included first, then those it names, in their order. Throws TemplateError. */
export async function processTemplate(template: Template, context: TransformContext): Promise<ProcessedTemplate> {
  const budget = new Budget();
  const names = (body: ValueMap): Names => namesOf(body, context, budget);
  const foreign = template.transforms.find((name) => !isKnown(name));
  if (foreign !== undefined) throw new TemplateError(`No transform named ${foreign} found.`);
  let body = await withIncludes(template.body, {
    included: context.included,
    locationOf: (location) => textOf(evaluate(location, names(template.body))),
    pause: context.pause,
  });
  for (const name of template.transforms) {
    await context.pause();
    if (name === LANGUAGE_EXTENSIONS) {
      const known = names(body);
      const evaluated = (value: Value) => evaluate(value, known);
      const expanded = withNames(withoutLoops(body, evaluated, budget), evaluated);
      body = isMap(expanded) ? expanded : {};
    }
    if (name === SAM) {
      const declared = isMap(body.Parameters) ? body.Parameters : {};
      const parameter = (key: string) => parameterNamed(ownMember(declared, key), ownText(context.parameters, key));
      body = withoutSam(body, { skipsUnknown: context.unknown === "stub", budget, parameter });
    }
  }
  return processed(template, body, context.pause);
}

function isKnown(name: string): boolean {
  return name === LANGUAGE_EXTENSIONS || name === SAM || name === INCLUDE || WITHOUT_EFFECT.test(name);
}

/** What a template knows before there are conditions and resources: parameters, pseudo parameters and mappings. */
function namesOf(body: ValueMap, { parameters, stack }: TransformContext, budget: Budget): Names {
  const declared = isMap(body.Parameters) ? body.Parameters : {};
  const mappings = isMap(body.Mappings) ? body.Mappings : {};
  const never = (what: string) => (): never => {
    throw meaningError(`a transform cannot depend on ${what}`);
  };
  return {
    ref: (name) => parameterNamed(ownMember(declared, name), ownText(parameters, name)) ?? pseudoParameter(name, stack),
    attribute: never("resources"),
    condition: never("conditions"),
    exported: never("what other stacks export"),
    mapping: (name) => {
      const mapping = ownMember(mappings, name);
      return isMap(mapping) ? mapping : undefined;
    },
    zones: zonesIn(stack.scope),
    budget,
  };
}

function ownText(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function parameterNamed(declared: Value | undefined, given: string | undefined): Value | undefined {
  if (!isMap(declared)) return undefined;
  const text = given ?? textOf(declared.Default);
  return text === undefined ? undefined : parameterValue(text, parameterTypeOf(textOf(declared.Type) ?? ""));
}
