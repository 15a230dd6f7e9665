import type { Clocks } from "../../kernel/time/clocks.ts";
import type { ControlledClock } from "../../kernel/time/controlled-clock.ts";
import type { Exchange } from "../../server/exchange.ts";
import type { Logger } from "../../server/log.ts";
import { askedFields } from "../../server/request-line.ts";

/**
 * Has one line of the log, at level `info`, for the first request of an account that waits while its time stands still, and another one
 * when that was moved and stands still again: without it whoever asked sees a call that hangs.
 */
export function frozenLines(clocks: Clocks, log: Logger): (waiting: Exchange) => void {
  const told = new WeakMap<ControlledClock, number>();
  return (waiting) => {
    const { scope, requestId } = waiting;
    if (scope === undefined || !log.isEnabled("info")) return;
    const clock = clocks.of(scope.account);
    if (!clock.isFrozen) return;
    const frozenAt = clock.now();
    if (told.get(clock) === frozenAt) return;
    told.set(clock, frozenAt);
    log.log("info", { ...askedFields(waiting), requestId, hint: hintAt(clock) }, "request waits");
  };
}

/** Which clock it is, and what ends the wait. */
function hintAt({ isOnItsOwn }: ControlledClock): string {
  const cause = isOnItsOwn ? "the account's clock is frozen" : "the clock of every account is frozen";
  const end = "so this ends when something comes or time is moved";
  return `${cause}, ${end}: advance or resume it, as \`waystation clock resume\` does`;
}
