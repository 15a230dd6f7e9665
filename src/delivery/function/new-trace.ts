import type { Ids } from "../../kernel/ids.ts";

/** A trace header for what comes without one. AWS: the root has the second and 12 random bytes. */
export function newTrace(ids: Pick<Ids, "bytes">, now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${ids.bytes(12).toString("hex")};Sampled=0`;
}
