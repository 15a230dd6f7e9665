import { formatError, TemplateError } from "../template-error.ts";
import type { Pause } from "../text/limits.ts";
import { readTemplateText } from "../text/read-text.ts";
import { isMap, mapOf, type Value, type ValueMap } from "../value.ts";
import { rewrittenLater } from "./walk.ts";

const INCLUDE = "AWS::Include";
const CALL = "Fn::Transform";

/** What including other texts takes. */
interface IncludeDeps {
  /** The text that is stored under `s3://bucket/key`; undefined when there is none. */
  readonly included: (location: string) => Promise<string | undefined>;
  /** What a location says once it is evaluated. */
  readonly locationOf: (value: Value) => string | undefined;
  readonly pause: Pause;
}

/** A template in which what is included stands in the place of the calls, beside their siblings. Throws TemplateError. */
export async function withIncludes(body: ValueMap, deps: IncludeDeps): Promise<ValueMap> {
  const included = await rewrittenLater(body, (map) => withInclude(map, CALL, deps));
  const whole = isMap(included) ? included : {};
  const { Transform } = whole;
  const isCall = isMap(Transform) && Transform.Name === INCLUDE;
  const merged = isCall ? await withInclude(whole, "Transform", deps) : whole;
  return isMap(merged) ? merged : {};
}

async function withInclude(map: ValueMap, key: string, deps: IncludeDeps): Promise<Value | undefined> {
  const call = map[key];
  if (call === undefined) return undefined;
  const { Name, Parameters } = isMap(call) ? call : {};
  if (Name !== INCLUDE) throw new TemplateError(`No transform named ${String(Name)} found.`);
  const location = isMap(Parameters) ? deps.locationOf(Parameters.Location ?? null) : undefined;
  if (location === undefined) throw formatError(`${INCLUDE} requires the parameter Location.`);
  const text = await deps.included(location);
  if (text === undefined) {
    throw new TemplateError(
      `Transform ${INCLUDE} failed with: The specified S3 object could not be read: ${location}.`,
    );
  }
  const { value } = await readTemplateText(text, deps.pause);
  const siblings = Object.entries(map).filter(([name]) => name !== key);
  if (!isMap(value)) return siblings.length === 0 ? value : mapOf(siblings);
  return mapOf([...siblings, ...Object.entries(value)]);
}
