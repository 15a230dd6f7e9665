import * as fc from "fast-check";
import { header, label, named, payload, prefixHeaders, query, queryMap } from "../../../src/model/location.ts";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  type Members,
  map,
  type Shape,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import { anInput, type Sample } from "../arbitrary.ts";

/** An input or output of REST-JSON: its shape, and a value that fits. */
type RestSample = Sample<ReturnType<typeof structure>>;

const INSTANT = fc.integer({ min: 0, max: 253402300799 }).map((seconds) => seconds * 1000);
const TEXT = fc.string({ unit: "grapheme" });
/** What headers can carry. */
const HEADER_TEXT = fc.string().map((text) => text.trim() || "a");
const HEADER_KEY = fc.stringMatching(/^[a-z0-9]{1,5}$/);
const LABEL_TEXT = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text !== "." && text !== "..");

interface Choice {
  readonly shape: Shape;
  readonly values: fc.Arbitrary<unknown>;
}

function scalars(text: fc.Arbitrary<string>): readonly Choice[] {
  return [
    { shape: string(), values: text },
    { shape: integer(), values: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
    { shape: long(), values: fc.maxSafeInteger() },
    { shape: boolean(), values: fc.boolean() },
    { shape: timestamp(), values: INSTANT },
  ];
}

function listOf({ shape, values }: Choice): Choice {
  return { shape: list(shape), values: fc.array(values, { minLength: 1, maxLength: 4 }) };
}

const LABELS = scalars(LABEL_TEXT);
const QUERIES = [...scalars(TEXT), ...scalars(TEXT).map(listOf)];
const HEADERS = [...scalars(HEADER_TEXT), ...scalars(HEADER_TEXT).map(listOf)];

/** The SDK loses parameters that are called as what every object has. */
const PARAMETER = fc.string().map((text) => `_${text}`);

const META = fc.dictionary(HEADER_KEY, HEADER_TEXT, { minKeys: 1, maxKeys: 3 });

/** A value for each of some members, each of a shape that its place can have. */
function members(
  names: readonly string[],
  choices: readonly Choice[],
  place: (name: string, shape: Shape) => Members[string],
) {
  return fc.subarray([...names]).chain((chosen) => {
    const each = chosen.map((name) =>
      fc
        .constantFrom(...choices)
        .chain(({ shape, values }) => values.map((value) => ({ name, member: place(name, shape), value }))),
    );
    return fc.tuple(...each);
  });
}

interface Placed {
  readonly name: string;
  readonly member: Members[string];
  readonly value: unknown;
}

/** Members of the JSON body, under names of their own, or the body as it is. */
const BODY: fc.Arbitrary<readonly Placed[]> = fc.oneof(
  anInput().map(({ shape, value }) =>
    Object.entries(shape.members).map(([name, member], index) => ({
      name,
      member: index % 2 === 0 ? named(`body_${name}`, member as Shape) : member,
      value: (value as Readonly<Record<string, unknown>>)[name],
    })),
  ),
  fc
    .uint8Array({ minLength: 1 })
    .map((bytes) => [{ name: "Payload", member: payload(blob()), value: new Uint8Array(bytes) }]),
  anInput().map(({ shape, value }) => [{ name: "Payload", member: payload(shape), value }]),
  fc.string({ unit: "grapheme", minLength: 1 }).map((value) => [{ name: "Payload", member: payload(string()), value }]),
);

const HEADER_PARTS = fc.tuple(
  members(["_H1", "_H2", "_H3"], HEADERS, (name, shape) => header(`X-${name.slice(1)}`, shape as never)),
  fc
    .option(META, { nil: undefined })
    .map((value) => [{ name: "_Meta", member: prefixHeaders("x-meta-", map(string())), value }]),
);

/** An output with members in headers and in the body. */
export function anOutput(): fc.Arbitrary<RestSample> {
  return fc.tuple(HEADER_PARTS, BODY).map(([headers, body]) => sampleOf([...headers.flat(), ...body]));
}

/** An input with members in every place, and the template of its path. */
export function aRestInput(): fc.Arbitrary<RestSample & { readonly path: string }> {
  const labels = members(["_L1", "_L2", "_L3"], LABELS, (_name, shape) => label(shape as never));
  const queries = members(["_Q1", "_Q2", "_Q3"], QUERIES, (name, shape) => query(`q ${name}`, shape as never));
  return fc.tuple(labels, queries, HEADER_PARTS, BODY).map(([inPath, inQuery, headers, body]) => {
    const path = `/do${inPath.map(({ name }) => `/{${name}}/it`).join("")}`;
    return { ...sampleOf([...inPath, ...inQuery, ...headers.flat(), ...body]), path };
  });
}

/** An input whose parameters are all in one map, and whose path ends as it likes. */
export function anOpenInput(): fc.Arbitrary<RestSample & { readonly path: string }> {
  const paths = fc.array(LABEL_TEXT, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const texts = fc.dictionary(PARAMETER, TEXT, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const lists = fc.dictionary(PARAMETER, fc.array(TEXT, { minLength: 1, maxLength: 3 }), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  });
  const maps = fc.oneof(
    texts.map((value) => ({ name: "All", member: queryMap(map(string())), value })),
    lists.map((value) => ({ name: "All", member: queryMap(map(list(string()))), value })),
  );
  return fc.tuple(paths, maps).map(([value, all]) => ({
    ...sampleOf([{ name: "Path", member: label(string()), value }, all]),
    path: "/files/{Path+}",
  }));
}

function sampleOf(placed: readonly Placed[]): RestSample {
  const given = placed.filter(({ value }) => value !== undefined);
  return {
    shape: structure(Object.fromEntries(placed.map(({ name, member }) => [name, member]))),
    value: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}
