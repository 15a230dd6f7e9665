import { useState } from "preact/hooks";
import { type AnswerOfPost, control, type Topic } from "../../api/control.ts";
import { attributesOf } from "../../part/attribute-lines.ts";
import { AttributesField } from "../../part/attributes-field.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { type Act, Form } from "../../part/form.tsx";
import { counted } from "../../part/words.ts";

type Verdict = AnswerOfPost<"topics/match">["subscriptions"][number];

/** Tells who would get a message, and why others would not. Nothing is published. */
export function FilterTester({ topic }: { readonly topic: Topic }) {
  const [message, setMessage] = useState('{ "hello": "world" }');
  const [attributes, setAttributes] = useState("");
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>();
  const act: Act = async () => {
    const inputs = { topic: topic.arn, message, attributes: attributesOf(attributes) };
    setVerdicts((await control.call("POST", "topics/match", { ...inputs, limit: 1000 })).subscriptions);
  };
  const getting = verdicts?.filter(({ wouldGetIt }) => wouldGetIt).length ?? 0;
  return (
    <>
      <Form submit="Who would get it?" act={act}>
        <label>
          Message
          <textarea required value={message} onInput={({ currentTarget }) => setMessage(currentTarget.value)} />
        </label>
        <AttributesField value={attributes} onChange={setAttributes} />
      </Form>
      {verdicts && (
        <section class="stack" aria-label="Who would get the message">
          <p role="status">
            {getting} of {counted(verdicts.length, "subscription")} would get it.
          </p>
          <ul class="verdicts">
            {verdicts.map(({ arn, endpoint, protocol, wouldGetIt, reason }) => (
              <li key={arn}>
                <span class={wouldGetIt ? "mark good" : "mark dead"}>{wouldGetIt ? "gets it" : "does not"}</span>{" "}
                {endpoint.startsWith("arn:") ? <ResourceLink arn={endpoint} /> : endpoint}{" "}
                <span class="faint">{protocol}</span>
                {reason !== undefined && <p>{reason}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
