import { useState } from "preact/hooks";
import { type Answer, type AnswerOfPost, control } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Action } from "../../part/action.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { type Act, Form } from "../../part/form.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";
import { distanceText, parseInstant, timeText } from "../../part/words.ts";
import { account, hrefOf } from "../../state/place.ts";
import { isFrozen, now, setClock } from "../../state/time.ts";

type DueThing = Answer<"clock/due">["due"][number];

const MOST_SHOWN = 1000;

/** The account's time: what it will bring, and what moves it. */
export function Time() {
  const [passed, setPassed] = useState<AnswerOfPost<"clock/advance-to-next">["due"]>();
  const known = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { account: account.value, limit: MOST_SHOWN };
        return (await control.call("GET", "clock/due", inputs, { signal })).due;
      },
      changesAt: ([first]) => first?.at,
    },
    [account.value, isFrozen.value],
  );
  const toNext = async (): Promise<void> => {
    const { due, ...clock } = await control.call("POST", "clock/advance-to-next", { account: account.value });
    setClock(clock);
    setPassed(due);
    known.reload();
  };
  return (
    <div class="stack">
      <h1>Time of account {account.value}</h1>
      <p class="sentence">
        {timeText(now.value)} {isFrozen.value === true && <span class="mark">frozen</span>}
      </p>
      <div class="columns">
        <Advance />
        <section class="card" aria-labelledby="to-next">
          <h2 id="to-next">To the next event</h2>
          <p>Moves time to the first instant at which anything happens, and no further.</p>
          <Action act={toNext} kind="primary">
            Go to the next event
          </Action>
          {passed && (
            <ul role="status">
              {passed.map(({ kind, text }) => (
                <li key={`${kind} ${text}`}>{text}</li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <h2>What is due</h2>
      <Known known={known}>
        {(due) =>
          due.length === 0 ? (
            <Empty title="Nothing is due">
              <p>
                Time alone changes nothing: no message is in flight or delayed, and no delivery waits for its next
                attempt.
              </p>
            </Empty>
          ) : (
            <VirtualTable label="What is due" columns={columns} rows={due} keyOf={keyOf} />
          )
        }
      </Known>
    </div>
  );
}

function keyOf({ at, kind, text }: DueThing): string {
  return `${at} ${kind} ${text}`;
}

const columns = [
  { title: "When", width: "8rem", cell: ({ at }: DueThing) => distanceText(parseInstant(at), now.value) },
  { title: "What", cell: ({ text }: DueThing) => <span title={text}>{text}</span> },
  { title: "Where", width: "20%", cell: ({ resource }: DueThing) => <ResourceLink arn={resource} /> },
  {
    title: "Message",
    width: "18%",
    cell: ({ messageId }: DueThing) =>
      messageId === undefined ? (
        "–"
      ) : (
        <a class="mono" href={hrefOf({ page: "explain", name: messageId })}>
          {messageId}
        </a>
      ),
  },
];

/** Moves time by a duration, or to an instant. It goes forward only. */
function Advance() {
  const [duration, setDuration] = useState("5m");
  const [instant, setInstant] = useState("");
  const advance: Act = async () => {
    setClock(await control.call("POST", "clock/advance", { account: account.value, duration }));
  };
  const set: Act = async () => {
    setClock(await control.call("POST", "clock/set", { account: account.value, time: instant }));
  };
  return (
    <section class="card" aria-labelledby="advance">
      <h2 id="advance">Move it forward</h2>
      <Form isLine submit="Advance" act={advance}>
        <label class="line">
          By
          <input
            required
            value={duration}
            placeholder="30s, 5m, 2d"
            onInput={({ currentTarget }) => setDuration(currentTarget.value)}
          />
        </label>
      </Form>
      <Form isLine isSecond submit="Set" act={set}>
        <label class="line">
          To
          <input
            required
            value={instant}
            placeholder="2030-01-31T12:00:00Z"
            onInput={({ currentTarget }) => setInstant(currentTarget.value)}
          />
        </label>
      </Form>
    </section>
  );
}
