import fc from "fast-check";

/** Mostly what is sound, now and then what is not. */
const mostly = (sound: readonly string[], rest: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...sound) }, { weight: 1, arbitrary: rest });
const latin1 = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const blank = mostly(["", " ", "  "], fc.constantFrom("\t", "\u00a0", "\u000b", "\u000c"));
const oddNames = ["Set-Cookie", "Cookie", "Connection", "Keep-Alive", "Expect", "Transfer-Encoding", "Content-Length"];
const name = mostly(
  ["Accept", "X-Amz-Target", "Authorization", "x", "1"],
  fc.oneof(fc.constantFrom(...oddNames, "Upgrade", "TE", "__proto__", "constructor", "x_y", ""), latin1(4)),
);
const value = mostly(
  ["x", "keep-alive", "a b", ""],
  fc.oneof(fc.constantFrom("close", "chunked", "100-continue"), latin1(8)),
);
const header = fc
  .tuple(name, blank, blank, value, blank)
  .map(([key, before, ahead, text, behind]) => `${key}${before === "\t" ? before : ""}:${ahead}${text}${behind}`);
/** A request that is sound but for what the arbitraries above put in it. */
const almostPlain = fc
  .record({
    target: mostly(
      ["/", "/a?b=c", "/?", "//", "/1/q"],
      fc.oneof(
        fc.constantFrom("/#x", "*"),
        latin1(6).map((text) => `/${text}`),
      ),
    ),
    headers: fc.array(header, { maxLength: 3 }),
    length: fc
      .tuple(blank, mostly(["2"], fc.constantFrom("02", "+2", "2,2", "0x2", "2 2")), blank)
      .map((parts) => parts.join("")),
    ending: mostly(["\r\n"], fc.constantFrom("\n", "\r")),
    body: mostly(["hi"], fc.constantFrom("hiPOST", "h")),
  })
  .map(({ target, headers, length, ending, body }) => {
    const lines = [`POST ${target} HTTP/1.1`, "Host: here", ...headers, `Content-Length:${length}`];
    return Buffer.from(`${lines.join("\r\n")}${ending}\r\n${body}`, "latin1");
  });

/** The same with a byte of it changed. */
const damaged = fc.tuple(almostPlain, fc.nat(), fc.nat(255)).map(([bytes, at, byte]) => {
  const changed = Buffer.from(bytes);
  changed[at % changed.length] = byte;
  return changed;
});

/** A request as SDKs send them, or nearly so. */
export const aRequest = fc.oneof(almostPlain, damaged);
