import { expect, test } from "vitest";
import { reachableHost } from "../../src/app/reachable-host.ts";

test.for([
  ["127.0.0.1", "127.0.0.1"],
  ["localhost", "localhost"],
  ["0.0.0.0", "127.0.0.1"],
  ["::", "[::1]"],
  ["::1", "[::1]"],
  ["fd00::1", "[fd00::1]"],
] as const)("a client of %s goes to %s", ([host, reachable]) => {
  expect(reachableHost(host)).toBe(reachable);
});
