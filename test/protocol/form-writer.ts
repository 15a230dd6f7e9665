import { formatIso8601 } from "../../src/kernel/time/iso8601.ts";
import { type Shape, shapeOf } from "../../src/model/shape.ts";

/** Writes a value the way the clients of the Query format do. */
export function formText(shape: Shape, value: unknown): string {
  return [...parameters(shape, value, "")]
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text).replaceAll("%20", "+")}`)
    .join("&");
}

function* parameters(shape: Shape, value: unknown, prefix: string): Iterable<readonly [name: string, text: string]> {
  switch (shape.kind) {
    case "structure": {
      const given = Object.entries(shape.members).filter(
        ([name]) => (value as Record<string, unknown>)[name] !== undefined,
      );
      if (given.length === 0 && prefix !== "") yield [prefix, ""];
      for (const [name, member] of given) {
        const item = (value as Record<string, unknown>)[name];
        yield* parameters(shapeOf(member), item, joined(prefix, nameOf(name, shapeOf(member))));
      }
      return;
    }
    case "list": {
      const items = value as readonly unknown[];
      if (items.length === 0) yield [prefix, ""];
      for (const [index, item] of items.entries()) {
        yield* parameters(shape.item, item, joined(prefix, shape.flatName ? "" : "member", String(index + 1)));
      }
      return;
    }
    case "map": {
      const entries = Object.entries(value as Record<string, unknown>);
      if (entries.length === 0) yield [prefix, ""];
      for (const [index, [key, item]] of entries.entries()) {
        const entry = joined(prefix, shape.flatName ? "" : "entry", String(index + 1));
        yield [joined(entry, shape.keyName), key];
        yield* parameters(shape.value, item, joined(entry, shape.valueName));
      }
      return;
    }
    case "blob":
      yield [prefix, Buffer.from(value as Uint8Array).toString("base64")];
      return;
    case "timestamp":
      yield [prefix, formatIso8601(value as number)];
      return;
    default:
      yield [prefix, String(value)];
  }
}

function nameOf(name: string, shape: Shape): string {
  return shape.kind === "list" || shape.kind === "map" ? (shape.flatName ?? name) : name;
}

function joined(...steps: readonly string[]): string {
  return steps.filter((step) => step !== "").join(".");
}
