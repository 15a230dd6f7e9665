import { describe, expect, test } from "vitest";
import { MalformedQueryString } from "../../../src/protocol/errors.ts";
import { type FormNode, formOf, textOf } from "../../../src/protocol/query/form.ts";
import { bytesLeftBehind } from "../../support/heap.ts";
import { aRequest } from "../bodies.ts";

const bodyForm = (body: string | Buffer) => formOf(aRequest(body));
const queryForm = (query: string) => formOf(aRequest("", { method: "GET", query }));
const depthOf = (node: FormNode): number => 1 + Math.max(0, ...[...(node.children?.values() ?? [])].map(depthOf));

describe.each([
  ["a body", bodyForm],
  ["a query string", queryForm],
] as const)("in %s", (_place, read) => {
  test.for([
    ["A=b", "b"],
    ["A=a+b", "a b"],
    ["A=a%20b", "a b"],
    ["A=a%2Bb", "a+b"],
    ["A=a%2bb", "a+b"],
    ["A=%26%3D%25", "&=%"],
    ["A=b=c", "b=c"],
    ["A=", ""],
    ["A", ""],
    ["&&A=b&", "b"],
    ["%41=b", "b"],
    ["A=%C3%A9%F0%9F%98%80", "é😀"],
    ["A=x%0D%0Ay", "x\r\ny"],
    ["A=%00", "\0"],
    ["A=one&A=two", "two"],
    ["B=A&A=b&C", "b"],
  ] as const)("%s gives A the value %o", ([form, value]) => {
    expect(textOf(read(form), "A")).toBe(value);
  });

  test.for(["A=%", "A=%4", "A=%zz", "A=%4g", "%=b", "A=b&C=%2", "A=%ff", "A=%C3", "A=%ED%A0%80", "%C3=b"])(
    "%s is malformed",
    (form) => {
      expect(() => read(form)).toThrow(MalformedQueryString);
    },
  );
});

test("a malformed form is an error of status 400 in the Query format", () => {
  expect(new MalformedQueryString()).toMatchObject({ queryCode: "MalformedQueryString", status: 400, fault: "Sender" });
});

test("text that is UTF-8 already needs no escapes in a body", () => {
  expect(textOf(bodyForm("A=é😀"), "A")).toBe("é😀");
});

test("a body that is not UTF-8 is malformed", () => {
  expect(() => bodyForm(Buffer.from([0x41, 0x3d, 0xff]))).toThrow(MalformedQueryString);
});

test("query string and body are one form, in which the body has the last word", () => {
  const form = formOf(aRequest("B=body&C=body", { query: "A=query&B=query" }));
  expect([textOf(form, "A"), textOf(form, "B"), textOf(form, "C")]).toEqual(["query", "body", "body"]);
});

test.for([
  ["application/x-www-form-urlencoded", "b"],
  ["Application/X-WWW-Form-Urlencoded; charset=UTF-8", "b"],
  [undefined, "b"],
  ["application/json", undefined],
  ["text/plain", undefined],
] as const)("a body of type %s gives A the value %o", ([type, value]) => {
  expect(textOf(formOf(aRequest("A=b", { headers: { "content-type": type } })), "A")).toBe(value);
});

test("the dots of a name make a tree, escaped or not", () => {
  const form = bodyForm("Attribute.1.Name=a&Attribute%2E1%2EValue=b");
  const entry = form.children?.get("Attribute")?.children?.get("1");
  expect([...(entry?.children ?? [])].map(([name, { value }]) => [name, value])).toEqual([
    ["Name", "a"],
    ["Value", "b"],
  ]);
});

test("a name nested deeper than any shape is left out", () => {
  const deep = (steps: number) => Array.from({ length: steps }, () => "a").join(".");
  expect(depthOf(bodyForm(`${deep(16)}=x`))).toBe(17);
  expect(bodyForm(`${deep(17)}=x`).children).toBeUndefined();
  expect(bodyForm(`${deep(500_000)}=x&A=b`).children?.size).toBe(1);
});

test("names that mean something to the language are names like any other", () => {
  const form = bodyForm("__proto__.polluted=yes&constructor.prototype.polluted=yes");
  expect([...(form.children?.keys() ?? [])]).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("a form is read once per request", () => {
  const request = aRequest("A=b");
  expect(formOf(request)).toBe(formOf(request));
});

test("keeping a value does not keep the form it came in", async () => {
  const value = "A value that is long enough to be a slice of something larger";
  const kept: unknown[] = [];
  const read = () => kept.push(textOf(bodyForm(`A=${value}&B=${"x".repeat(2 ** 20)}`), "A"));
  expect(await bytesLeftBehind(4, read)).toBeLessThan(2 ** 19);
  expect(new Set(kept)).toEqual(new Set([value]));
});

test.for([
  [1000, "x"],
  [1001, undefined],
] as const)("of a name of %i characters the value is %s", ([length, value]) => {
  const name = "a".repeat(length);
  expect(textOf(bodyForm(`${name}=x`), name)).toBe(value);
});
