/** Bytes of code. */
type Code = readonly number[];

/** What opens a module: its name and its version. */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const FUNCTION_TYPE = 0x60;
const I32 = 0x7f;
const V128 = 0x7b;
const NO_VALUE = 0x40;
const MEMORY = 0x02;
const NO_MAXIMUM = 0x00;
const FUNCTION = 0x00;
const END = 0x0b;

/**
 * Instructions of WebAssembly, as many as are used here, by the names that its specification gives them (Core Specification 2.0,
 * 5.4 "Instructions"). They work on a stack. Locals go by their number, parameters first.
 */
export const op = {
  loop: (body: readonly Code[]): Code => [0x03, NO_VALUE, ...body.flat(), END],
  if: (body: readonly Code[]): Code => [0x04, NO_VALUE, ...body.flat(), END],
  /** `br_if 0`: back to the beginning of the loop around it. */
  againIf: [0x0d, 0],
  return: [0x0f],
  select: [0x1b],
  get: (local: number): Code => [0x20, local],
  set: (local: number): Code => [0x21, local],
  tee: (local: number): Code => [0x22, local],
  i32: {
    /** A number from 0 to 63. */
    const: (value: number): Code => [0x41, value],
    lessUnsigned: [0x49],
    countTrailingZeros: [0x68],
    add: [0x6a],
  },
  v128: {
    load: [0xfd, 0x00, 0, 0],
    const: (bytes: Code): Code => [0xfd, 0x0c, ...bytes],
    and: [0xfd, 0x4e],
  },
  i8x16: {
    swizzle: [0xfd, 0x0e],
    notEqual: [0xfd, 0x24],
    bitmask: [0xfd, 0x64],
    shiftRightUnsigned: [0xfd, 0x6d],
  },
} as const;

/** A function of two numbers to a number. */
interface FunctionSource {
  readonly name: string;
  /** How many locals there are beside the parameters: first numbers, then vectors. */
  readonly numbers: number;
  readonly vectors: number;
  readonly body: readonly Code[];
}

/** A module that exports such a function and nothing else. It works in memory that is handed in as `env.memory`. */
export function moduleOf({ name, numbers, vectors, body }: FunctionSource): Uint8Array<ArrayBuffer> {
  const locals = [2, numbers, I32, vectors, V128];
  return Uint8Array.from([
    ...HEADER,
    ...section(SECTION.type, [FUNCTION_TYPE, 2, I32, I32, 1, I32]),
    ...section(SECTION.import, [...text("env"), ...text("memory"), MEMORY, NO_MAXIMUM, 0]),
    ...section(SECTION.function, [0]),
    ...section(SECTION.export, [...text(name), FUNCTION, 0]),
    ...section(SECTION.code, sized([...locals, ...body.flat(), END])),
  ]);
}

/** A section of one item. */
function section(id: number, item: Code): Code {
  return [id, ...sized([1, ...item])];
}

/** Bytes behind their number, which is below 2^14: seven bits a byte, the lower ones first. */
function sized(bytes: Code): Code {
  const { length } = bytes;
  return length < 0x80 ? [length, ...bytes] : [(length & 0x7f) | 0x80, length >> 7, ...bytes];
}

function text(characters: string): Code {
  return sized([...Buffer.from(characters)]);
}
