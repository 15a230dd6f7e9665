import fc from "fast-check";
import { expect, test } from "vitest";
import { HeadLayouts } from "../../../src/kernel/http/head-layout.ts";
import { readPlainHead } from "../../../src/kernel/http/plain-requests.ts";

const usual = "POST / HTTP/1.1\r\nHost: here\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: 2";

const read = (layouts: HeadLayouts, head: string, end = "\r\n\r\n") => layouts.read(Buffer.from(head + end, "latin1"));

test("a head like one before is read in one go, whatever its values", () => {
  const layouts = new HeadLayouts();
  expect(read(layouts, usual)).toBeUndefined();
  layouts.learn(usual);
  const other = usual.replace("AmazonSQS.SendMessage", "another one, with blanks").replace("/", "/a?b");
  expect(read(layouts, other, "\r\n\r\n{}POST / HTTP/1.1\r\n\r\n")).toEqual({
    target: "/a?b",
    headers: { host: "here", "x-amz-target": "another one, with blanks", "content-length": "2" },
    bodyStart: other.length + 4,
  });
});

test.for([
  ["a name that is spelled otherwise", usual.replace("Host", "host")],
  ["another order", "POST / HTTP/1.1\r\nX-Amz-Target: x\r\nHost: here\r\nContent-Length: 2"],
  ["one header more", `${usual}\r\nX-Trace: 1`],
  ["one header less", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2"],
  ["no blank before a value", usual.replace("Host: ", "Host:")],
  ["two blanks before a value", usual.replace("Host: ", "Host:  ")],
  ["a blank behind a value", usual.replace("here", "here ")],
  ["no value", usual.replace("here", "")],
  ["a value beyond ASCII", usual.replace("here", "h\u00e9re")],
  ["a control character", usual.replace("here", "he\u0001re")],
  ["half a line end", usual.replace("here", "he\nre")],
  ["another method", usual.replace("POST", "PUT")],
  ["another version", usual.replace("1.1", "1.0")],
  ["a blank in the path", usual.replace("/ ", "/a b ")],
  ["something in front of it", ` ${usual}`],
] as const)("not so one with %s", ([, head]) => {
  const layouts = new HeadLayouts();
  layouts.learn(usual);
  expect(read(layouts, head)).toBeUndefined();
});

test.for(["", "\r", "\r\n", "\r\n\r", "\n\n", "\r\n{}"])("nor one that does not end, but goes on with %j", (end) => {
  const layouts = new HeadLayouts();
  layouts.learn(usual);
  expect(read(layouts, usual, end)).toBeUndefined();
});

test("a long one is read line by line once, and then like others", () => {
  const layouts = new HeadLayouts();
  layouts.learn(usual);
  const longest = usual.replace("here", "h".repeat(2048 - usual.length));
  expect(read(layouts, longest)).toMatchObject({ bodyStart: 2048 });
  const longer = longest.replace("hh", "hhh");
  expect(read(layouts, longer)).toBeUndefined();
  expect(readPlainHead(Buffer.from(`${longer}\r\n\r\n`), false, layouts)).toMatchObject({ bodyStart: 2049 });
  const longAgain = longer.replace("hh", "oo");
  expect(readPlainHead(Buffer.from(`${longAgain}\r\n\r\n`))).toMatchObject({ path: "/", bodyStart: 2049 });
  expect(read(layouts, longAgain)).toMatchObject({ target: "/", bodyStart: 2049 });
  expect(read(layouts, usual)).toMatchObject({ bodyStart: usual.length + 4 });
});

test("of a connection whose heads are all laid out otherwise only some layouts are learned", () => {
  const layouts = new HeadLayouts();
  const heads = ["A", "B", "C", "D"].map((name) => `${usual}\r\n${name}: x`);
  for (const head of heads) layouts.learn(head);
  expect(heads.map((head) => read(layouts, head) !== undefined)).toEqual([true, true, true, false]);
});

const blank = fc.constantFrom(" ", " ", " ", "", "  ");
const value = fc.oneof(
  fc.stringMatching(/^[!-~]{1,8}( [!-~]{1,8})?$/),
  fc.constantFrom("", " ", "\u00a0", "\u00e9", "\t", "a\rb", "a\nb", "keep-alive", "close", "7", "07", "0x7"),
);
const lines = fc
  .array(
    fc.record({
      name: fc.constantFrom("Host", "host", "X-A", "X-B", "Expect", "Connection"),
      blank,
      value,
      end: fc.constantFrom("", "", "", " "),
    }),
    { maxLength: 4 },
  )
  .map((all) => all.map(({ name, blank: before, value: text, end }) => `${name}:${before}${text}${end}`));
const head = fc.record({
  first: fc.constantFrom(
    "POST / HTTP/1.1",
    "POST / HTTP/1.1",
    "POST /a?b=c HTTP/1.1",
    "POST /a#b HTTP/1.1",
    "GET / HTTP/1.1",
  ),
  host: fc.constantFrom("Host: here", "Host: here", "host: here", "Host: "),
  length: fc.constantFrom("Content-Length: 2", "Content-Length: 2", "content-length: 12", "Content-Length: -1"),
  lines,
});

test("what is read by layouts is what is read line by line", () => {
  fc.assert(
    fc.property(
      fc.array(head, { minLength: 2, maxLength: 12 }),
      fc.array(lines, { minLength: 1, maxLength: 2 }),
      (heads, common) => {
        const layouts = new HeadLayouts();
        for (const [index, { first, host, length, lines: own }] of heads.entries()) {
          const more = index % 3 === 0 ? own : (common[index % common.length] ?? []);
          const bytes = Buffer.from(`${[first, host, ...more, length].join("\r\n")}\r\n\r\nhi`, "latin1");
          expect(readPlainHead(bytes, false, layouts)).toEqual(readPlainHead(bytes));
          expect(readPlainHead(bytes, false, layouts)).toEqual(readPlainHead(bytes));
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
