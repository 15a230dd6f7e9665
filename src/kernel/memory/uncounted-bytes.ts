const MIB = 1024 * 1024;
/** After so many bytes V8 is asked to look for those that nobody holds any more. */
const MOST_UNTOLD = 64 * MIB;
/** V8 begins to look when what it counts has grown by 64 MiB (`kExternalAllocationSoftLimit` in its heap.h). */
const ENOUGH = 80 * MIB;

let untold = 0;

/**
 * So many bytes that V8 does not count. Of those that it does, each few megabytes have it look through its whole heap, be they used or
 * not. The memory is shared by name alone: one thread has it for itself.
 */
export function uncountedBytes(length: number): Buffer<SharedArrayBuffer> {
  untold += length;
  if (untold > MOST_UNTOLD) {
    untold = 0;
    Buffer.allocUnsafeSlow(ENOUGH); // nobody touches it, so that it is no memory but a number
  }
  return Buffer.from(new SharedArrayBuffer(length));
}

/** Copies bytes of which some, or their place, may be shared: by `set` or `copy` these would go one by one. */
export function copyBytes(bytes: Uint8Array, target: Buffer, at: number): void {
  target.fill(bytes, at, at + bytes.length);
}
