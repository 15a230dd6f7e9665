import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type ControlRoute, controlRoute, type InputsSchema, isInPath } from "./contract.ts";
import type { Schema } from "./schema-type.ts";

/** A route as far as it can be described. */
export type DescribedRoute = Omit<ControlRoute<never>, "handle">;

export interface OpenApiDeps {
  readonly version: string;
  /** The routes there are. */
  readonly routes: readonly DescribedRoute[];
}

const complaint = {
  type: "object",
  properties: { message: { type: "string" } },
  required: ["message"],
  additionalProperties: false,
} as const;

const COMPLAINTS: Readonly<Record<string, string>> = {
  400: "What is wrong with the inputs. Nothing was done.",
  403: "Pages of other sites, host names that strangers could own and deliveries are refused.",
};

export const openApiRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}openapi.json`,
  summary: "describes these routes in OpenAPI 3.1",
  answer: {
    type: "object",
    properties: { openapi: { type: "string" }, info: { type: "object" }, paths: { type: "object" } },
    required: ["openapi", "info", "paths"],
  },
  handle: ({ version, routes }: OpenApiDeps) => ({
    openapi: "3.1.0",
    info: { title: "Waystation", summary: "The control routes of a local AWS messaging emulator.", version },
    paths: pathsOf(routes),
  }),
});

/** An input that stands in the path. */
const LABEL = /:(\w+)/g;

function pathsOf(routes: readonly DescribedRoute[]): Readonly<Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(LABEL, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

function operationOf({ method, path, summary, inputs, answer, contentType }: DescribedRoute): object {
  const success =
    answer === undefined
      ? { 204: { description: "It is done." } }
      : { 200: answerOf("What was asked for.", answer, contentType) };
  const complaints = Object.entries(COMPLAINTS).map(([status, text]) => [status, answerOf(text, complaint)]);
  const words = `${method}/${path.slice(CONTROL_PREFIX.length)}`.toLowerCase();
  return {
    operationId: words.replace(/[^a-z]+([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    summary,
    parameters: parametersOf(inputs, { path, isOnlyPlace: method === "GET" }),
    ...(method === "GET" ? {} : bodyOf(withoutLabels(inputs, path))),
    responses: { ...success, ...Object.fromEntries(complaints) },
  };
}

/** An input that has to be there may stand in the body, where there is one. */
function parametersOf(
  { properties, required }: InputsSchema,
  { path, isOnlyPlace }: { readonly path: string; readonly isOnlyPlace: boolean },
): readonly object[] {
  return Object.entries(properties).map(([name, { description, ...schema }]) => {
    if (isInPath(path, name)) return { name, in: "path", required: true, description, schema };
    return {
      name,
      in: "query",
      required: isOnlyPlace && required.includes(name),
      description: required.includes(name) ? `${description} It must be given, here or in the body.` : description,
      schema,
    };
  });
}

function withoutLabels({ properties, ...rest }: InputsSchema, path: string): InputsSchema {
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !isInPath(path, name))),
  };
}

/** The same inputs as a JSON object. */
function bodyOf({ required: _required, ...inputs }: InputsSchema): object {
  if (Object.keys(inputs.properties).length === 0) return {};
  return { requestBody: { required: false, content: { "application/json": { schema: inputs } } } };
}

function answerOf(description: string, schema: Schema, contentType = "application/json"): object {
  return { description, content: { [contentType]: { schema } } };
}
