import { describe, expect, test } from "vitest";
import { type Shape, type StructureShape, shapeOf } from "../../../../src/model/shape.ts";
import { aKinesis, type Input } from "../../../support/kinesis.ts";
import { members } from "./constrained-members.ts";
import { type ConstrainedShape, shapes } from "./constrained-shapes.ts";

/** The errors of a call about one place, each without the word that begins it. */
function clausesAt(place: string, operation: string, input: Input): readonly string[] {
  const [, text = ""] = complaintOf(operation, input).split(/^\d+ validation errors? detected: Value /);
  return text.split("; Value ").filter((clause) => clause.includes(`at '${place}' failed`));
}

/** What the call is refused with, whatever for; empty when it is answered. */
function complaintOf(operation: string, input: Input): string {
  try {
    aKinesis().call(operation, input);
    return "";
  } catch (cause) {
    return (cause as Error).message;
  }
}

/** An input that has nothing but the value at the end of that way. */
function inputWith(way: string, value: unknown): Input {
  return way.split(".").reduceRight((inner, step) => (step === "1" ? [inner] : { [step]: inner }), value) as Input;
}

function placeOf(way: string): string {
  const steps = way
    .split(".")
    .map((step) => (step === "1" ? "1.member" : step.charAt(0).toLowerCase() + step.slice(1)));
  return steps.join(".");
}

/** What is longer is left out. */
const LONGEST_SHOWN = 64 * 1024;

function shownAs(value: unknown): string {
  if (Array.isArray(value)) return `'[${value.join(", ")}]' `;
  if (typeof value !== "object") return String(value).length > LONGEST_SHOWN ? "" : `'${String(value)}' `;
  const entries = Object.entries(value as object).map((entry) => entry.join("="));
  return `'{${entries.join(", ")}}' `;
}

/** The ways to all members of a shape that are constrained. */
function constrainedWays({ members: all }: StructureShape, before = ""): readonly string[] {
  return Object.entries(all).flatMap(([name, member]) => waysIn(shapeOf(member), before + name));
}

function waysIn(shape: Shape, way: string): readonly string[] {
  switch (shape.kind) {
    case "structure":
      return constrainedWays(shape, `${way}.`);
    case "list": {
      const own = isBounded(shape) || shape.item.kind !== "structure" ? [way] : [];
      return shape.item.kind === "structure" ? [...own, ...constrainedWays(shape.item, `${way}.1.`)] : own;
    }
    case "map":
      return [way];
    case "string":
      return isBounded(shape) || shape.pattern !== undefined || shape.values !== undefined ? [way] : [];
    case "integer":
    case "long":
    case "blob":
      return isBounded(shape) ? [way] : [];
    default:
      return [];
  }
}

function isBounded({ min, max }: { readonly min?: number; readonly max?: number }): boolean {
  return min !== undefined || max !== undefined;
}

test.for([...aKinesis().service.operations.values()])("the table has all constraints of $name", ({ name, input }) => {
  expect(Object.keys(members[name] ?? {}).toSorted()).toEqual(constrainedWays(input).toSorted());
});

const rows = Object.entries(members).flatMap(([operation, of]) =>
  Object.entries(of).map(([way, shape]) => ({ operation, way, shape })),
);

describe.for(rows)("$operation $way, $shape", ({ operation, way, shape }) => {
  const { good, bad }: ConstrainedShape = shapes[shape];
  const place = placeOf(way);

  test("takes what lies within its constraints", () => {
    for (const value of good) expect(clausesAt(place, operation, inputWith(way, value))).toEqual([]);
  });

  test("refuses what does not, in AWS's words", () => {
    for (const [value, demands, shown = shownAs(value)] of bad) {
      const clauses = demands.map((demand) => `${shown}at '${place}' failed to satisfy constraint: ${demand}`);
      expect(clausesAt(place, operation, inputWith(way, value))).toEqual(clauses);
    }
  });
});
