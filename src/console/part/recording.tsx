import { control } from "../api/control.ts";
import { useAnswer } from "../api/use-answer.ts";
import { account } from "../state/place.ts";
import { Action } from "./action.tsx";

/** Whether what happens is recorded, without which there is less to tell; and what begins or ends it. */
export function Recording({ withInputs = false }: { readonly withInputs?: boolean }) {
  const { answer, reload } = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { account: account.value, limit: 1 };
        const { isRecording, keepsInputs } = await control.call("GET", "calls", inputs, { signal });
        return { isRecording, keepsInputs };
      },
      isChangedBy: () => false,
    },
    [account.value],
  );
  if (answer === undefined) return null;
  const { isRecording, keepsInputs } = answer;
  const record = async (recording: boolean): Promise<void> => {
    await control.call("POST", "history", { recording, inputs: withInputs ? recording : undefined });
    reload();
  };
  return isRecording ? (
    <div class="line">
      <span class="mark good">recording</span>
      <span class="faint">What happens and each call is kept, up to a bound.</span>
      {withInputs && !keepsInputs && (
        <>
          <span class="faint">What is sent with a call is not.</span>
          <Action act={() => record(true)} kind="primary" title="Costs more: each input is written once more">
            Keep what is sent, too
          </Action>
        </>
      )}
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
