import { useState } from "preact/hooks";
import { type Answer, control } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { Recording } from "../../part/recording.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { account, hrefOf, place } from "../../state/place.ts";
import { Timeline } from "./timeline.tsx";

type Explanation = Answer<"explain">;

/** The way of a message across services, and the sentence that says why it is where it is. */
export function Explain() {
  const { name } = place.value;
  return (
    <div class="stack">
      <h1>Why is it where it is?</h1>
      <Ask key={name} given={name} />
      <Recording />
      {name === "" ? (
        <Empty title="Which message?">
          <p>
            Give the id that SendMessage or Publish answered with, or the sequence number of a record. Every message of
            a queue has a link to here as well.
          </p>
        </Empty>
      ) : (
        <Explained key={name} message={name} />
      )}
    </div>
  );
}

function Ask({ given }: { readonly given: string }) {
  const [text, setText] = useState(given);
  return (
    <form
      class="line"
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = hrefOf({ page: "explain", name: text.trim() });
      }}
    >
      <label class="line">
        Message
        <input class="wide mono" required value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
      </label>
      <button type="submit" class="primary">
        Explain
      </button>
    </form>
  );
}

function Explained({ message }: { readonly message: string }) {
  const known = useAnswer(
    {
      ask: (signal) => control.call("GET", "explain", { message, account: account.value }, { signal }),
      isChangedBy: (step) => step.messageId === message || step.sequenceNumber === message || step.related === message,
    },
    [message, account.value],
  );
  return <Known known={known}>{(explanation) => <Shown explanation={explanation} />}</Known>;
}

function Shown({ explanation }: { readonly explanation: Explanation }) {
  const { message, kind, resource, state, text, notes, related, steps, subscriptions = [] } = explanation;
  return (
    <>
      <section class="card" aria-label="Where it is">
        <p class="sentence">
          <span class="mark">{state}</span> {text}
        </p>
        <p class="faint">
          {kind} <span class="mono">{message}</span> of <ResourceLink arn={resource} />
        </p>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </section>
      {subscriptions.length > 0 && (
        <section class="card" aria-label="Subscriptions">
          <h2>What became of it for each subscription</h2>
          <ul class="verdicts">
            {subscriptions.map((one) => (
              <li key={one.arn}>
                <span class="mark">{one.state}</span>{" "}
                {one.endpoint.startsWith("arn:") ? <ResourceLink arn={one.endpoint} /> : one.endpoint}
                <p>{one.text}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {related.length > 0 && (
        <section class="card" aria-label="Related messages">
          <h2>Made of it, or what it was made of</h2>
          <ul class="verdicts">
            {related.map((one) => (
              <li key={`${one.message} ${one.resource}`}>
                <span class="mark">{one.state}</span>{" "}
                <a class="mono" href={hrefOf({ page: "explain", name: one.message })}>
                  {one.message}
                </a>{" "}
                in <ResourceLink arn={one.resource} />
                <p>{one.text}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Timeline steps={steps} />
    </>
  );
}
