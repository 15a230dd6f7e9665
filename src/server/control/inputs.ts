import { parseJsonObject } from "../../kernel/json/json-object.ts";
import { nearestName } from "../../kernel/nearest-name.ts";
import { present } from "../../kernel/present.ts";
import { type InputsSchema, Refusal, type TextBody } from "./contract.ts";

/** How much of a name that is none is shown to whoever sent it. */
const LONGEST_SHOWN = 64;

/** A violation as fastify's validator tells it, with what was expected there and what was found. */
interface Violation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

/**
 * The inputs of a request, wherever they stand. Texts of a query string that are to be numbers or JSON objects become some; what is given
 * more than once becomes a list, which no input is.
 */
export function gatherInputs({ properties }: InputsSchema, query: unknown, body: unknown): object {
  const inputs = new Map<string, unknown>();
  for (const [name, value] of Object.entries(query ?? {})) {
    const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
    inputs.set(name, readValue(type, value));
  }
  for (const [name, value] of Object.entries(body ?? {})) {
    inputs.set(name, inputs.has(name) ? [inputs.get(name), value] : value);
  }
  return Object.fromEntries(inputs);
}

/** Reads a body, which is a JSON object, nothing, or the text a route takes, whatever its type is said to be. Throws Refusal. */
export function readBody(text: string, textBody?: TextBody): object | undefined {
  if (text === "") return undefined;
  if (textBody !== undefined && text.startsWith(textBody.begins)) return { [textBody.input]: text };
  const body = parseJsonObject(text);
  if (body !== undefined) return body;
  throw new Refusal(
    "Control routes take parameters in the query string, such as ?account=, or as a JSON object in the body.",
  );
}

/** What is wrong with inputs, as a sentence. There are no others: a misspelt one would have a request do more than was meant. */
export function complaintAbout(violations: readonly Violation[]): string {
  const stranger = violations.find(({ keyword }) => keyword === "additionalProperties");
  const { keyword, instancePath, params, parentSchema, data } = stranger ?? present(violations[0], "a violation");
  const properties = propertiesOf(parentSchema);
  if (keyword === "additionalProperties")
    return strangerText(String(params.additionalProperty), Object.keys(properties));
  if (keyword === "required") return String(properties[String(params.missingProperty)]?.description);
  if (Array.isArray(data)) return `There can be one ${instancePath.slice(1)} only.`;
  return String(parentSchema?.description);
}

function propertiesOf(schema: Violation["parentSchema"]): InputsSchema["properties"] {
  return (schema as InputsSchema | undefined)?.properties ?? {};
}

/** The value as its type has it. What cannot be read stays as it is, to be refused. */
function readValue(type: InputsSchema["properties"][string]["type"] | undefined, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (type === "number" || type === "integer") return asNumber(value);
  if (type === "object") return parseJsonObject(value) ?? value;
  return type === "boolean" && (value === "true" || value === "false") ? value === "true" : value;
}

function asNumber(value: unknown): unknown {
  return typeof value === "string" && /^\d{1,16}(?:\.\d{1,16})?$/.test(value) ? Number(value) : value;
}

function strangerText(name: string, names: readonly string[]): string {
  const stranger = `There is no parameter ${JSON.stringify(name.slice(0, LONGEST_SHOWN))} here`;
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `${stranger}; did you mean ${nearest}?`;
  return names.length === 0 ? `${stranger}, nor any other.` : `${stranger}; there are ${names.join(", ")}.`;
}

/** An account. */
export const account = { type: "string", pattern: "^\\d{12}$", description: "An account id has 12 digits." } as const;

/** A region. */
export const region = {
  type: "string",
  pattern: "^[a-z0-9-]{1,63}$",
  description: "The region is one such as us-east-1.",
} as const;

/** The plus of a phone number means a blank in a query string, and is easily forgotten to be escaped. */
export function phoneNumber(text: string): string {
  return text.replace(/^ (?=\d)/, "+");
}
