import { type AnswerOf, controlRoute, type Inputs, type InputsOf } from "../contract.ts";
import { account, region } from "../inputs.ts";
import type { Schema } from "../schema-type.ts";

/** How many items a page has. */
const PAGE_LIMIT = { unlessGiven: 100, max: 1000 };

/** Which part of a listing is wanted. */
export const paging = {
  limit: {
    type: "integer",
    minimum: 1,
    maximum: PAGE_LIMIT.max,
    default: PAGE_LIMIT.unlessGiven,
    description: `The limit is a whole number from 1 to ${PAGE_LIMIT.max}.`,
  },
  next: { type: "string", minLength: 1, description: "What goes on with an answer is its `next`, as it stands there." },
} as const;

/** What a page is asked for with. */
export interface PageQuery {
  readonly account?: string;
  readonly region?: string;
  readonly limit: number;
  readonly next?: string;
}

/** The inputs with the limit that holds. */
export function withLimit<I extends { readonly limit?: number }>(inputs: I): I & { readonly limit: number } {
  return { ...inputs, limit: inputs.limit ?? PAGE_LIMIT.unlessGiven };
}

/** What a route that looks inside is given. */
export interface LookingDeps<Looking> {
  /** Loaded when somebody looks for the first time. */
  readonly looking: () => Promise<Looking>;
}

export const text = { type: "string" } as const;
export const flag = { type: "boolean" } as const;
export const count = { type: "integer", minimum: 0 } as const;
export const seconds = { type: "number" } as const;
export const instant = { type: "string", format: "date-time" } as const;
export const next = { type: "string", description: "Leads on to the next page; absent from the last one." } as const;

type Members = Readonly<Record<string, Schema>>;

/** The members of a union one after the other, in no particular order: what is required has to be a list. */
type ListOf<U> = (U extends unknown ? (one: () => U) => void : never) extends (all: infer All) => void
  ? All extends () => infer Last
    ? readonly [...ListOf<Exclude<U, Last>>, Last]
    : readonly []
  : never;

/** An object with these members, of which those of `optional` may be absent. */
export function shape<const P extends Members, const O extends Members = Record<never, Schema>>(
  properties: P,
  optional?: O,
) {
  return {
    type: "object",
    properties: { ...properties, ...optional } as P & O,
    required: Object.keys(properties) as readonly string[] as ListOf<keyof P & string>,
    additionalProperties: false,
  } as const;
}

/** A list of such items. */
export function list<const I extends Schema>(items: I, description?: string) {
  return { type: "array", items, ...(description === undefined ? {} : { description }) } as const;
}

/** Where a listing looks, and which part of it is wanted. */
const where = { account, region, ...paging } as const;

/** What is taken, beside where to look. */
type Taken<I extends Inputs, R extends readonly string[]> = InputsOf<I & typeof where, R>;

/** Reads a page of what a route shows. It throws a `Refusal` when what is asked for makes no sense. */
type Reader<I extends Inputs, R extends readonly string[], A extends Schema> = (
  query: PageQuery & Taken<I, R>,
) => AnswerOf<A> | Promise<AnswerOf<A>>;

/** Reads what this route answers with. */
export type ReaderOf<Route> = Route extends {
  readonly types?: { readonly inputs: infer Given; readonly answer: infer Answer };
}
  ? (query: PageQuery & Given) => Answer | Promise<Answer>
  : never;

/** A route that shows a page of what is inside, by the reader of that name. */
export function lookingRoute<
  const Name extends string,
  const Path extends string,
  const A extends Schema,
  const I extends Inputs = Record<never, never>,
  const R extends readonly (keyof I & string)[] = readonly [],
>(
  name: Name,
  contract: {
    readonly path: Path;
    readonly summary: string;
    readonly inputs?: I;
    readonly required?: R;
    readonly answer: A;
  },
) {
  return controlRoute({
    ...contract,
    method: "GET",
    inputs: { ...(contract.inputs as I), ...where },
    handle: async ({ looking }: LookingDeps<{ readonly [N in Name]: Reader<I, R, A> }>, inputs: Taken<I, R>) =>
      (await looking())[name](withLimit(inputs)),
  });
}
