import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { control } from "../api/control.ts";
import { account, hrefOf } from "../state/place.ts";
import { isFrozen, now, setClock } from "../state/time.ts";
import { Action } from "./action.tsx";
import { timeText } from "./words.ts";

/** The account's time, and what moves it in one step. */
export function Clock() {
  const frozen = isFrozen.value === true;
  const move = async (path: "clock/freeze" | "clock/resume"): Promise<void> => {
    setClock(await control.call("POST", path, { account: account.value }));
  };
  const advance = async (duration: string): Promise<void> => {
    setClock(await control.call("POST", "clock/advance", { account: account.value, duration }));
  };
  return (
    <section class="clock" aria-label="Time of the account">
      <a class={frozen ? "time frozen" : "time"} href={hrefOf({ page: "time" })} title="What is due next">
        <time dateTime={formatIso8601(now.value)}>{timeText(now.value)}</time>
        {frozen && <span class="mark">frozen</span>}
      </a>
      <Action act={() => move(frozen ? "clock/resume" : "clock/freeze")}>{frozen ? "Resume" : "Freeze"}</Action>
      <Action act={() => advance("30s")} title="Moves time forward by half a minute">
        +30 s
      </Action>
      <Action act={() => advance("1h")} title="Moves time forward by an hour">
        +1 h
      </Action>
    </section>
  );
}
