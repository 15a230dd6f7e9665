import type { ConsoleParts } from "../../src/server/control/console.ts";

/** A console over nothing. */
export function someConsoleParts(parts: Partial<ConsoleParts> = {}): ConsoleParts {
  return {
    version: "1.2.3",
    services: [],
    host: "127.0.0.1",
    account: "000000000000",
    clockOf: () => {
      throw new Error("No clock is asked for.");
    },
    reset: () => {},
    readOutbox: () => [],
    readDeliveries: () => [],
    optOut: () => {},
    ...parts,
  };
}
