/*
 * Filter policies evaluated the slow and obvious way, straight from their JSON: every way to fulfil a policy is spelled
 * out, and every combination of values is tried.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

export interface NaiveAttribute {
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

/** A value, its path, and by array which element it is in. */
interface Leaf {
  readonly path: string;
  readonly value: Json;
  readonly elements: ReadonlyMap<object, number>;
}

type Demand = readonly [path: string, conditions: readonly Json[]];

/** Whether a policy of scope MessageBody accepts the body. */
export function naiveBodyMatch(policy: Json, body: string): boolean {
  if (Object.keys(policy as JsonObject).length === 0) return true;
  let message: Json;
  try {
    message = JSON.parse(body) as Json;
  } catch {
    return false;
  }
  if (!isObject(message)) return false;
  return matches(policy as JsonObject, leaves(message, "", new Map()));
}

/** Whether a policy of scope MessageAttributes accepts the attributes. */
export function naiveAttributeMatch(policy: Json, attributes: Readonly<Record<string, NaiveAttribute>>): boolean {
  if (Object.keys(policy as JsonObject).length === 0) return true;
  const names = Object.keys(attributes);
  if (names.length === 0) return false;
  const found = names.flatMap((path) =>
    attributeValues(attributes[path]!).map((value) => ({ path, value, elements: new Map() })),
  );
  return matches(policy as JsonObject, found);
}

function attributeValues({ dataType, value }: NaiveAttribute): readonly Json[] {
  if (dataType === "Number") return [Number(value)];
  if (dataType === "String.Array") return JSON.parse(String(value)) as readonly Json[];
  // AWS: quotes and backslashes in the text are escaped once more.
  return dataType === "String" ? [JSON.parse(`"${value}"`) as Json] : [];
}

function leaves(json: Json, path: string, elements: ReadonlyMap<object, number>): readonly Leaf[] {
  if (isObject(json)) {
    return Object.entries(json).flatMap(([name, value]) =>
      leaves(value, path === "" ? name : `${path}.${name}`, elements),
    );
  }
  if (!Array.isArray(json)) return [{ path, value: json, elements }];
  return (json as readonly Json[]).flatMap((item, index) => {
    const isScalar = item === null || typeof item !== "object";
    return leaves(item, path, isScalar ? elements : new Map([...elements, [json, index]]));
  });
}

function matches(policy: JsonObject, found: readonly Leaf[]): boolean {
  return ways(policy, "").some((demands) => {
    const sorted = [...demands].sort(([a], [b]) => (a < b ? -1 : 1));
    return fulfils(sorted, found, new Map());
  });
}

/** Every choice of branches, each as the list of its demands. */
function ways(policy: JsonObject, prefix: string): readonly (readonly Demand[])[] {
  let all: (readonly Demand[])[] = [[]];
  for (const [name, value] of Object.entries(policy)) {
    const own = waysOf(name, value, prefix);
    all = all.flatMap((demands) => own.map((more) => [...demands, ...more]));
  }
  return all;
}

function waysOf(name: string, value: Json, prefix: string): readonly (readonly Demand[])[] {
  if (name === "$or") return (value as readonly JsonObject[]).flatMap((branch) => ways(branch, prefix));
  if (isObject(value)) return ways(value, `${prefix}${name}.`);
  return [[[`${prefix}${name}`, value as readonly Json[]]]];
}

/** Tries every value for the first demand, then goes on with the others as far as array elements allow. */
function fulfils(demands: readonly Demand[], found: readonly Leaf[], chosen: ReadonlyMap<object, number>): boolean {
  const [first, ...others] = demands;
  if (first === undefined) return true;
  const [path, conditions] = first;
  const inSight = found.filter((leaf) => leaf.path === path && agrees(leaf.elements, chosen));
  const wantsAbsence = conditions.some((condition) => isObject(condition) && condition.exists === false);
  if (wantsAbsence && !inSight.some(({ value }) => isThere(value)) && fulfils(others, found, chosen)) return true;
  return inSight.some(
    ({ value, elements }) =>
      conditions.some((condition) => meets(condition, value)) &&
      fulfils(others, found, new Map([...chosen, ...elements])),
  );
}

function agrees(elements: ReadonlyMap<object, number>, chosen: ReadonlyMap<object, number>): boolean {
  return [...elements].every(([array, index]) => (chosen.get(array) ?? index) === index);
}

function isThere(value: Json): boolean {
  return value !== null && value !== "";
}

function meets(condition: Json, value: Json): boolean {
  if (!isObject(condition)) return condition === value;
  const [operator, operand] = Object.entries(condition)[0]!;
  if (operator === "exists") return operand === true && isThere(value);
  if (operator === "anything-but") return !isExcluded(operand, value);
  if (operator === "numeric") return isInRange(operand as readonly Json[], value);
  return typeof value === "string" && meetsText(operator, operand, value);
}

function isExcluded(operand: Json, value: Json): boolean {
  if (!isObject(operand)) return asList(operand).includes(value);
  const [operator, texts] = Object.entries(operand)[0]!;
  return asList(texts).some((text) => meets({ [operator]: text }, value));
}

function asList(json: Json): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [json];
}

function isInRange(terms: readonly Json[], value: Json): boolean {
  if (typeof value !== "number") return false;
  const pairs = terms.length === 2 ? [terms] : [terms.slice(0, 2), terms.slice(2)];
  return pairs.every(([operator, bound]) => compares(value, String(operator), Number(bound)));
}

function compares(value: number, operator: string, bound: number): boolean {
  switch (operator) {
    case "=":
      return value === bound;
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    default:
      return value >= bound;
  }
}

function meetsText(operator: string, operand: Json, value: string): boolean {
  if (isObject(operand)) return meetsText(operator, lower(String(operand["equals-ignore-case"])), lower(value));
  const text = String(operand);
  switch (operator) {
    case "exactly":
      return value === text;
    case "prefix":
      return value.slice(0, text.length) === text;
    case "suffix":
      return text.length <= value.length && value.slice(value.length - text.length) === text;
    case "equals-ignore-case":
      return lower(value) === lower(text);
    case "wildcard":
      return wildcard(text).test(value);
    case "cidr":
      return isInNetwork(text, value);
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** Of the characters that regular expressions know, patterns have backslashes and asterisks only. */
function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/\\.|\*/g, (found) => (found === "*" ? "[^]*" : found))}$`);
}

/** Networks whose address is their first. */
function isInNetwork(cidr: string, value: string): boolean {
  const [address = "", mask = ""] = cidr.split("/");
  const [network, host] = [bitsOf(address), bitsOf(value)];
  return network.length === host.length && network.startsWith(host.slice(0, Number(mask)));
}

/** The binary digits of an address; of any other text there are none. */
function bitsOf(address: string): string {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return binary(address.split(".").map(Number), 8);
  if (!address.includes(":")) return "";
  const [head = "", tail = ""] = address.split("::");
  const given = [head, tail].map((part) => part.split(":").filter((group) => group !== ""));
  const omitted = 8 - given.flat().length;
  const groups = [...(given[0] ?? []), ...Array<string>(omitted).fill("0"), ...(given[1] ?? [])];
  return binary(
    groups.map((group) => Number.parseInt(group, 16)),
    16,
  );
}

function binary(numbers: readonly number[], digits: number): string {
  return numbers.map((number) => number.toString(2).padStart(digits, "0")).join("");
}

function isObject(json: Json): json is JsonObject {
  return json !== null && typeof json === "object" && !Array.isArray(json);
}
