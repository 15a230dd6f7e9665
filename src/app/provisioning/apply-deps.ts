import { nextTurnBy } from "../../kernel/time/in-turns.ts";
import type { ApplyDeps } from "../../provisioning/apply/session.ts";
import { createOperate } from "../operate.ts";
import { UsageError } from "../settings/config.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";

/** How long is waited for AWS, each time. */
const PAUSE_MS = 200;

/** What applying works with, on the services of this server. */
export function applyDepsOf(deps: ProvisioningRoomDeps): ApplyDeps {
  const { config, clocks } = deps;
  return {
    operate: createOperate(deps),
    async placeFunction(wanted) {
      const { placeFunction } = await import("../functions/place-function.ts");
      return placeFunction(deps.inside.functions, wanted);
    },
    async describeFunctions(place) {
      const { describeFunctions } = await import("../functions/describe-function.ts");
      return describeFunctions(deps.inside.functions, place);
    },
    defaults: config,
    nextTurn: nextTurnBy((task) => clocks.soon(task)),
    pause(account) {
      const clock = clocks.of(account);
      if (clock.isFrozen)
        throw new UsageError(`the clock of account ${account} stands still, so that waiting is no use`);
      return new Promise((resolve) => void clock.at(clock.now() + PAUSE_MS, resolve));
    },
  };
}
