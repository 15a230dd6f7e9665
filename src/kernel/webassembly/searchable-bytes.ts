import { base64DigitsModule, STRIDE } from "./base64-digits.ts";

/** The first place from `at` on that has no digit of base64, or `end` if that comes first. Places count from the beginning of the memory. */
export type DigitsEnd = (at: number, end: number) => number;

/** So much of WebAssembly as is used here; Node's types have none of it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Memory: new (pages: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: object } },
  ) => { readonly exports: { readonly digitsEnd: DigitsEnd } };
};

const PAGE_BYTES = 64 * 1024;

const searches = new WeakMap<ArrayBufferLike, DigitsEnd>();
let compiled: object | undefined;

/**
 * So many bytes, with anything in them, in which base64 is searched sixteen characters at a time. Where there are few, or the machine
 * cannot do that, they are as any others.
 */
export function searchableBytes(length: number): Buffer<ArrayBuffer> {
  if (length < PAGE_BYTES) return Buffer.allocUnsafeSlow(length);
  try {
    compiled ??= new WebAssembly.Module(base64DigitsModule());
    const memory = new WebAssembly.Memory({ initial: Math.ceil((length + STRIDE) / PAGE_BYTES) });
    const { digitsEnd } = new WebAssembly.Instance(compiled, { env: { memory } }).exports;
    searches.set(memory.buffer, digitsEnd);
    return Buffer.from(memory.buffer, 0, length);
  } catch {
    return Buffer.allocUnsafeSlow(length); // no such instructions, or no room for the addresses that such memory wants beside its own
  }
}

/** Finds where base64 ends in those bytes; undefined where they cannot be searched. */
export function digitsEndIn({ buffer }: Uint8Array): DigitsEnd | undefined {
  return searches.get(buffer);
}
