import { control } from "../api/control.ts";
import { useAnswer } from "../api/use-answer.ts";
import { account } from "../state/place.ts";
import { Action } from "./action.tsx";

/** Whether what happens is recorded, without which there is less to tell; and what begins or ends it. */
export function Recording() {
  const { answer, reload } = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { account: account.value, limit: 1 };
        return { isRecording: (await control.call("GET", "history", inputs, { signal })).isRecording };
      },
      isChangedBy: () => false,
    },
    [account.value],
  );
  if (answer === undefined) return null;
  const record = async (recording: boolean): Promise<void> => {
    await control.call("POST", "history", { recording });
    reload();
  };
  return answer.isRecording ? (
    <div class="line">
      <span class="mark good">recording</span>
      <span class="faint">What happens and each call is kept, up to a bound.</span>
      <Action act={() => record(false)}>Stop</Action>
    </div>
  ) : (
    <div class="line">
      <span class="mark">not recording</span>
      <span class="faint">What happened before is not known. Recording costs senders some of their speed.</span>
      <Action act={() => record(true)} kind="primary">
        Record from now on
      </Action>
    </div>
  );
}
