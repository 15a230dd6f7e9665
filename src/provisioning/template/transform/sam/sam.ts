import type { Budget } from "../../expression/budget.ts";
import { isMap, mapOf, textOf, type Value, type ValueMap } from "../../value.ts";
import { rewritten } from "../walk.ts";
import { functionResources, storedObject } from "./function.ts";
import { checkGlobals, withGlobals } from "./globals.ts";
import { hashOf } from "./publication.ts";
import { mapIn, type Resources, ref, resource, withoutUndefined } from "./sam-resource.ts";

const FUNCTION = "AWS::Serverless::Function";
const LAYER = "AWS::Serverless::LayerVersion";
/** Adds nothing but policies of roles, by which nobody is refused. */
const CONNECTOR = "AWS::Serverless::Connector";
/** A function makes some ten thousand characters beside its own. */
const COST_OF_FUNCTION = 16 * 1024;

/** What expanding a template of SAM takes. */
interface SamOptions {
  /** Whether events of functions that are not known are left out. */
  readonly skipsUnknown: boolean;
  readonly budget: Budget;
  /** The value of a parameter of the template; undefined when there is none of that name. */
  readonly parameter: (name: string) => Value | undefined;
}

/**
 * A template in which the resources of SAM have become those they stand for, as CloudFormation expands
 * `AWS::Serverless-2016-10-31`. Types of SAM that are not known stay, to be told of as any unknown type. Throws TemplateError.
 */
export function withoutSam(body: ValueMap, { skipsUnknown, budget, parameter }: SamOptions): ValueMap {
  const { Globals, ...rest } = body;
  const globals = isMap(Globals) ? Globals : {};
  checkGlobals(globals);
  const resources: Resources = new Map();
  const renamed = new Map<string, string>();
  const resolved = (value: Value): Value =>
    rewritten(value, (map) => {
      const name = Object.keys(map).length === 1 ? textOf(map.Ref) : undefined;
      return name === undefined ? undefined : parameter(name);
    });
  for (const [logicalId, declared] of Object.entries(mapIn(body, "Resources"))) {
    if (!isMap(declared)) continue; // and is told of later
    const { Type, Properties, ...others } = declared;
    const type = textOf(Type) ?? "";
    const properties = withGlobals(type, isMap(Properties) ? Properties : {}, globals);
    if (type === FUNCTION) {
      budget.spend(COST_OF_FUNCTION);
      const made = functionResources({ functionId: logicalId, properties, rest: others, skipsUnknown, resolved });
      for (const [id, one] of made) resources.set(id, one);
      remember(logicalId, made, renamed);
    } else if (type === LAYER) {
      const layer = layerOf(logicalId, properties);
      const id = `${logicalId}${hashOf({ [logicalId]: { Type: type, Properties: properties } })}`;
      const DeletionPolicy = textOf(properties.RetentionPolicy) === "Delete" ? "Delete" : "Retain";
      resources.set(id, { ...others, ...layer, DeletionPolicy });
      renamed.set(logicalId, id);
    } else if (type !== CONNECTOR) {
      resources.set(logicalId, declared);
    }
  }
  return withNewNames({ ...rest, Resources: mapOf(resources) }, renamed);
}

/** AWS: `Fn.Alias` and `Fn.Version` refer to what is published of a function. */
function remember(functionId: string, made: Resources, renamed: Map<string, string>): void {
  for (const [id, { Type }] of made) {
    if (Type === "AWS::Lambda::Alias") renamed.set(`${functionId}.Alias`, id);
    if (Type === "AWS::Lambda::Version") renamed.set(`${functionId}.Version`, id);
  }
}

function layerOf(logicalId: string, properties: ValueMap): ValueMap {
  const { ContentUri = "", LayerName, RetentionPolicy: _kept, ...rest } = properties;
  return resource("AWS::Lambda::LayerVersion", {
    ...rest,
    Content: storedObject(ContentUri),
    LayerName: LayerName ?? logicalId,
  });
}

/** What referred to a layer or to something published refers to the resource it has become. */
function withNewNames(body: ValueMap, renamed: ReadonlyMap<string, string>): ValueMap {
  if (renamed.size === 0) return body;
  const made = rewritten(body, (map): Value | undefined => {
    const name = Object.keys(map).length === 1 ? textOf(map.Ref) : undefined;
    const id = name === undefined ? undefined : renamed.get(name);
    return id === undefined ? undefined : ref(id);
  });
  return withoutUndefined(made as ValueMap);
}
