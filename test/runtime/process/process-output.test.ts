import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { LogTail } from "../../../src/runtime/process/log-tail.ts";
import { ProcessOutput } from "../../../src/runtime/process/process-output.ts";
import { aFrozenClock } from "../../support/service-call.ts";

function followed() {
  const lines: string[] = [];
  const clock = aFrozenClock();
  const output = new ProcessOutput({ clock, tell: (line) => void lines.push(line) });
  const stream = new PassThrough({ highWaterMark: 1024 * 1024 });
  output.follow(stream);
  return { lines, clock, output, stream };
}

describe("the tail of a log", () => {
  test.for([
    ["all of what is short", ["a", "b"], "ab"],
    ["the last 4 KB of what is long", ["a".repeat(10), "b".repeat(4096)], "b".repeat(4096)],
    ["4 KB of several", ["a".repeat(4000), "b".repeat(100)], "a".repeat(3996) + "b".repeat(100)],
    ["whole characters", ["ü", "b".repeat(4095)], "b".repeat(4095)],
  ] as const)("is %s", ([, written, expected]) => {
    const tail = new LogTail();
    for (const text of written) tail.add(text);
    expect(tail.take()).toBe(expected);
    expect(tail.take()).toBe("");
  });
});

test("the tail is that of all that was written, however it came", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 3_000 }),
    fc.nat(20_000).map((length) => "é".repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (written, isText) => {
      const tail = new LogTail();
      for (const [at, text] of written.entries()) tail.add(isText || at % 2 === 0 ? text : Buffer.from(text));
      const last = Buffer.from(written.join("")).subarray(-4096);
      const start = last.length < 4096 ? 0 : last.findIndex((byte) => (byte & 0xc0) !== 0x80);
      expect(tail.take()).toBe(last.toString("utf8", start));
    }),
  );
});

describe("what a process writes", () => {
  test("is told line by line, the last one when it ends", async () => {
    const { lines, stream } = followed();
    stream.write("a\r\nb\n\nü".slice(0, -1));
    stream.write(Buffer.from("ü").subarray(0, 1));
    stream.write(Buffer.from("ü").subarray(1));
    stream.end();
    await nextTurn();
    expect(lines).toEqual(["a", "b", "", "ü"]);
  });

  test("is told in pieces where lines are long, and not all of it where there are many, until they are counted anew", async () => {
    const { lines, output, stream } = followed();
    stream.write(`${"x".repeat(8192 + 1)}\n`);
    await nextTurn();
    expect(lines.map(({ length }) => length)).toEqual([8192, 1]);
    stream.write("y\n".repeat(6_000));
    await nextTurn();
    expect(lines).toHaveLength(5_001);
    expect(lines.at(-1)).toBe("(what the function writes from here on is left out)");
    output.beginCount();
    stream.write("z\n");
    await nextTurn();
    expect(lines.at(-1)).toBe("z");
  });

  test("waits when it is much at once, for a while or until it is needed", async () => {
    const { clock, output, stream } = followed();
    const write = async (text: string) => {
      stream.write(text);
      await nextTurn();
    };
    await write("x".repeat(256 * 1024));
    await write("late");
    expect(output.tail.take()).toBe("x".repeat(4096));
    await clock.advanceInTurns(10);
    await nextTurn();
    expect(output.tail.take()).toBe("late");
    await write("x".repeat(256 * 1024));
    await write("needed");
    await output.catchUp();
    expect(output.tail.take().slice(-6)).toBe("needed");
  });
});
