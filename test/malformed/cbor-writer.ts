/** CBOR as other people's clients write it: with lengths stated, or as Java does with a break at every end. */
export function cborOf(value: unknown, isIndefinite: boolean): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xf6]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return numberOf(value);
  if (typeof value === "string") return string(3, Buffer.from(value), isIndefinite);
  if (value instanceof Uint8Array) return string(2, Buffer.from(value), isIndefinite);
  if (Array.isArray(value)) {
    const items = value.map((item) => cborOf(item, isIndefinite));
    return container(4, value.length, items, isIndefinite);
  }
  const entries = Object.entries(value as object);
  const parts = entries.flatMap(([key, item]) => [string(3, Buffer.from(key), false), cborOf(item, isIndefinite)]);
  return container(5, entries.length, parts, isIndefinite);
}

/** The head of an item, its argument in eight bytes, as no careful writer would. */
export function longHead(major: number, argument: bigint): Buffer {
  const head = Buffer.alloc(9);
  head[0] = (major << 5) | 27;
  head.writeBigUInt64BE(argument, 1);
  return head;
}

function numberOf(value: number): Buffer {
  if (Number.isSafeInteger(value)) return value < 0 ? longHead(1, BigInt(-1 - value)) : longHead(0, BigInt(value));
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** An indefinite string comes in two chunks. */
function string(major: number, bytes: Buffer, isIndefinite: boolean): Buffer {
  const definite = (part: Buffer) => Buffer.concat([longHead(major, BigInt(part.length)), part]);
  if (!isIndefinite || major === 3) return definite(bytes);
  const middle = bytes.length >> 1;
  const chunks = [definite(bytes.subarray(0, middle)), definite(bytes.subarray(middle))];
  return container(major, 0, chunks, true);
}

function container(major: number, count: number, parts: readonly Buffer[], isIndefinite: boolean): Buffer {
  const opening = isIndefinite ? Buffer.from([(major << 5) | 31]) : longHead(major, BigInt(count));
  return Buffer.concat([opening, ...parts, Buffer.from(isIndefinite ? [0xff] : [])]);
}
