import type { Readable } from "node:stream";
import type { Schema, SchemaType } from "./schema-type.ts";

type InputType = "string" | "number" | "integer" | "boolean" | "object" | "array";

/** What an input is, or what it is one of. Its description is a sentence, which is told to whoever gives something else. */
interface InputSchema extends Schema {
  readonly type: InputType | readonly InputType[];
  readonly description: string;
}

/** A route's inputs by name. */
export type Inputs = Readonly<Record<string, InputSchema>>;

/** All inputs of a route as one object, which has no others. */
export interface InputsSchema extends Schema {
  readonly type: "object";
  readonly properties: Inputs;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** A body that is text, known by how it begins, and how large a body may be. */
export interface TextBody {
  readonly input: string;
  readonly begins: string;
  /** In bytes. */
  readonly limit: number;
}

/**
 * A route of the emulator's own. Its inputs come in the query string or as a JSON object in the body, as whoever asks likes. Help,
 * docs/testing.md, the OpenAPI document and the answer of 404 follow from what is said here.
 */
export interface ControlRoute<Deps> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** What stands behind a colon in it is an input of that name: `/_waystation/stack-callbacks/:id`. */
  readonly path: string;
  /** What the route does, in the present tense and without a full stop. */
  readonly summary: string;
  readonly inputs: InputsSchema;
  /** What it answers with; undefined for 204, which says nothing. */
  readonly answer: Schema | undefined;
  /** What the answer is written in; JSON unless given. */
  readonly contentType?: string | undefined;
  /** Which input a body is that is no JSON object but text. */
  readonly textBody?: TextBody | undefined;
  /** Throws `Refusal` when it cannot be done. The inputs are as the schema says; the signal aborts when whoever asks hangs up. */
  handle(deps: Deps, inputs: object, signal: AbortSignal): unknown;
}

type Method = ControlRoute<never>["method"];

/** A route as types know it: by method and path, with what it takes and answers. */
export interface TypedRoute<Deps, M extends Method, Path extends string, Taken, Answer> extends ControlRoute<Deps> {
  readonly method: M;
  readonly path: Path;
  /** Never there. */
  readonly types?: { readonly inputs: Taken; readonly answer: Answer };
}

/** What a contract says beyond its types. */
interface Contract<
  Deps,
  M extends Method,
  Path extends string,
  I extends Inputs,
  R extends readonly (keyof I & string)[],
  A extends Schema | undefined,
> {
  readonly method: M;
  readonly path: Path;
  readonly summary: string;
  readonly inputs?: I;
  /** Names of inputs that must be there. */
  readonly required?: R;
  readonly answer?: A;
  readonly contentType?: string;
  readonly textBody?: TextBody;
  handle(deps: Deps, inputs: InputsOf<I, R>, signal: AbortSignal): Answered<A> | Promise<Answered<A>>;
}

/** What follows the schema; a long text may come in pieces. */
type Answered<A> = AnswerOf<A> | (AnswerOf<A> extends string ? Readable : never);

/** The inputs of a route as its handler gets them. */
export type InputsOf<I extends Inputs, R extends readonly string[]> = SchemaType<{
  readonly type: "object";
  readonly properties: I;
  readonly required: R;
}>;

/** What follows the schema. A member that may be absent may be undefined, too, which JSON leaves out. */
export type AnswerOf<A> = A extends Schema ? Lenient<SchemaType<A>> : undefined;

type Lenient<T> = T extends readonly (infer Item)[]
  ? readonly Lenient<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Lenient<T[K]> | (object extends Pick<T, K> ? undefined : never) }
    : T;

/** A route whose handler has the types of its schemas. */
export function controlRoute<
  Deps,
  const M extends Method,
  const Path extends string,
  const I extends Inputs = Record<never, InputSchema>,
  const R extends readonly (keyof I & string)[] = readonly [],
  const A extends Schema | undefined = undefined,
>(contract: Contract<Deps, M, Path, I, R, A>): TypedRoute<Deps, M, Path, InputsOf<I, R>, AnswerOf<A>> {
  const { method, path, summary, inputs, required, answer, contentType, textBody, handle } = contract;
  const schema = {
    type: "object",
    properties: inputs ?? {},
    required: required ?? [],
    additionalProperties: false,
  } as const;
  // Inputs are handed on once they have been checked against the schema.
  return {
    method,
    path,
    summary,
    inputs: schema,
    answer,
    contentType,
    textBody,
    handle: (deps, given, signal) => handle(deps, given as InputsOf<I, R>, signal),
  };
}

/** Whether an input stands in the path of its route. */
export function isInPath(path: string, name: string): boolean {
  return path.split("/").includes(`:${name}`);
}

/** Routes with what they look at and act upon. */
export function boundRoutes<Deps>(routes: readonly ControlRoute<Deps>[], deps: Deps): readonly ControlRoute<unknown>[] {
  return routes.map((route) => ({
    ...route,
    handle: (_deps, inputs, signal) => route.handle(deps, inputs, signal),
  }));
}

/** Why a route does not do what it is asked for, as a sentence for whoever asked. */
export class Refusal extends Error {
  /** 400: what was asked for makes no sense. 409: it cannot be done as things stand. */
  readonly statusCode: 400 | 409;

  constructor(message: string, statusCode: Refusal["statusCode"] = 400) {
    super(message);
    this.statusCode = statusCode;
  }
}
