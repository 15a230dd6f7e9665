import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentLength } from "../../../src/model/check.ts";
import { list, map, required, string, structure } from "../../../src/model/shape.ts";
import { type FormNode, formOf } from "../../../src/protocol/query/form.ts";
import { awsQuery } from "../../../src/protocol/query/query.ts";
import { unescaped } from "../../../src/protocol/query/unescape.ts";
import { aRequest, decoded, refusal } from "../bodies.ts";

const MANY = 50_000;
const entry = structure({ Id: required(string()), Body: string() });
const input = structure({
  Entries: list(entry, { flatName: "Entry", max: 10 }),
  Wrapped: list(entry, { max: 10 }),
  Names: list(string(), { flatName: "Name" }),
  Labels: map(string(), { flatName: "Label" }),
  Text: string(),
});
interface Input {
  readonly Entries: readonly unknown[];
  readonly Wrapped: readonly unknown[];
  readonly Text?: string;
}

const numbered = (parameter: (number: number) => string, count = MANY) =>
  Array.from({ length: count }, (_, index) => parameter(index + 1)).join("&");
const read = (form: string) => decoded(awsQuery, input, form) as Input;
const TOO_LARGE = { shape: "RequestEntityTooLargeException", queryCode: "RequestEntityTooLarge", status: 413 };
const namesIn = (node: FormNode): number =>
  [...(node.children?.values() ?? [])].reduce((sum, child) => sum + 1 + namesIn(child), 0);

describe("of a form with more names than any request needs", () => {
  test.for([
    ["flat", "Entries", "Entry."],
    ["wrapped", "Wrapped", "Wrapped.member."],
  ] as const)("a %s list with a maximum is counted to its end, and what is behind it is read", ([, name, prefix]) => {
    const form = numbered((number) => `${prefix}${number}.Id=a&${prefix}${number}.Body=b`);
    const { [name]: items, Text } = read(`${form}&Text=behind`);
    expect([items.length > 10, sentLength(items), Text]).toEqual([true, MANY, "behind"]);
  });

  test("no more of them than that are kept", () => {
    const form = formOf(aRequest(numbered((number) => `Entry.${number}.Id=a`)));
    expect(namesIn(form)).toBeLessThanOrEqual(16 * 1024);
  });

  test("numbers far apart make nothing in between", () => {
    const { Entries } = read("Entry.999999999.Id=b&Entry.5.Id=a");
    expect(Entries).toEqual([{ Id: "a" }, { Id: "b" }]);
  });

  test.for([
    ["a list without a maximum", numbered((number) => `Name.${number}=a`)],
    ["a map", numbered((number) => `Label.${number}.key=a`)],
    ["a list the shape does not know", numbered((number) => `Other.${number}=a`)],
    ["names without numbers", numbered((number) => `a${number}=`)],
    ["one name again and again", "a&".repeat(MANY)],
    ["names in names", numbered((number) => `a.b.c.d.e.f.${number}.g.h.i`)],
    [
      "two lists",
      `${numbered((number) => `Entry.${number}.Id=a`)}&${numbered((number) => `Wrapped.member.${number}.Id=a`)}`,
    ],
    [
      "a list behind names that are many",
      `${numbered((number) => `a${number}=`, 16_380)}&${numbered((number) => `Entry.${number}.Id=a`, 9)}`,
    ],
  ] as const)("%s is refused as too large", ([, form]) => {
    expect(refusal(awsQuery, input, form)).toMatchObject(TOO_LARGE);
  });

  test("ampersands are no names", () => {
    expect(read(`${"&".repeat(MANY)}Text=x${"&".repeat(MANY)}`)).toEqual({ Text: "x" });
  });
});

test("escapes are undone as decodeURIComponent undoes them", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text)),
    fc.constantFrom("%", "%4", "%c3", "%a9", "%FF", "%ED%A0%80", "+", "%2b", "%zz", "%+1"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join("");
      expect(outcome(() => unescaped(text))).toEqual(outcome(() => decodeURIComponent(text.replaceAll("+", " "))));
    }),
  );
});

function outcome(run: () => string): string | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
