import { control } from "../api/control.ts";
import { useAnswer } from "../api/use-answer.ts";
import { account, hrefOf } from "../state/place.ts";
import { counted } from "./words.ts";

/** Whose things are shown: accounts that have something, and any other by its twelve digits. */
export function AccountSwitch() {
  const { answer, reload } = useAnswer(
    {
      ask: (signal) => control.call("GET", "accounts", {}, { signal }),
      isChangedBy: ({ kind }) => kind === "created" || kind === "removed" || kind === "reset",
    },
    [],
  );
  const go = (text: string): void => {
    if (/^\d{12}$/.test(text) && text !== account.peek()) location.hash = hrefOf({ account: text, page: "home" });
  };
  return (
    <label class="account">
      Account
      <input
        key={account.value}
        list="accounts"
        inputMode="numeric"
        pattern="\d{12}"
        maxLength={12}
        title="Twelve digits"
        defaultValue={account.value}
        onFocus={reload}
        onChange={({ currentTarget }) => go(currentTarget.value)}
      />
      <datalist id="accounts">
        {answer?.accounts.map((one) => (
          <option key={one.account} value={one.account}>
            {counted(one.queues + one.topics + one.streams + one.functions, "resource")}
          </option>
        ))}
      </datalist>
    </label>
  );
}
