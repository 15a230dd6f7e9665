import type { Exchange } from "./exchange.ts";

/** An exchange that no operation has a part in, so nobody waits and nothing is left to be done. */
export function aside(parts: Pick<Exchange, "requestId" | "scope" | "response"> & Partial<Exchange>): Exchange {
  return {
    service: undefined,
    operation: undefined,
    resource: undefined,
    input: undefined,
    errorCode: undefined,
    errorMessage: undefined,
    hangUp: undefined,
    isHeld: false,
    mindsDelivery: false,
    abort() {},
    undelivered() {},
    ...parts,
  };
}
