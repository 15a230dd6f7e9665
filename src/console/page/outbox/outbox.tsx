import { useState } from "preact/hooks";
import { control, type OutboxMessage } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Empty, Known } from "../../part/states.tsx";
import { agoText, parseInstant } from "../../part/words.ts";
import { account } from "../../state/place.ts";
import { now } from "../../state/time.ts";
import { Sent } from "./sent.tsx";

/** The outbox keeps no more of an account. */
const MOST_SHOWN = 1000;

/** What would have left the machine, as a mailbox: mails, text messages, pushes. */
export function Outbox() {
  const [protocol, setProtocol] = useState("");
  const [chosen, setChosen] = useState<OutboxMessage>();
  const known = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { account: account.value, limit: MOST_SHOWN };
        return (await control.call("GET", "outbox", inputs, { signal })).messages.toReversed();
      },
    },
    [account.value],
  );
  return (
    <div class="stack">
      <h1>Outbox</h1>
      <Known known={known}>
        {(messages) => {
          if (messages.length === 0) {
            return (
              <Empty title="Nothing would have left the machine">
                <p>Mails, text messages and pushes to phones that SNS delivers are kept here instead of being sent.</p>
              </Empty>
            );
          }
          const protocols = [...new Set(messages.map((one) => one.protocol))].toSorted();
          const shown = messages.filter((one) => protocol === "" || one.protocol === protocol);
          return (
            <>
              <label class="line">
                Kind
                <select value={protocol} onChange={({ currentTarget }) => setProtocol(currentTarget.value)}>
                  <option value="">all</option>
                  {protocols.map((one) => (
                    <option key={one}>{one}</option>
                  ))}
                </select>
              </label>
              <div class="mailbox">
                <ul class="envelopes" aria-label="Messages">
                  {shown.map((message) => (
                    <li key={`${message.messageId} ${message.to} ${message.time}`}>
                      <button type="button" aria-pressed={message === chosen} onClick={() => setChosen(message)}>
                        <span class="line spread">
                          <strong>{message.to}</strong>
                          <span class="faint">{agoText(parseInstant(message.time), now.value)}</span>
                        </span>
                        <span>{message.subject ?? message.body.slice(0, 80)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
                {chosen ? <Sent message={chosen} /> : <p class="faint">Choose a message to read it.</p>}
              </div>
            </>
          );
        }}
      </Known>
    </div>
  );
}
