import { useState } from "preact/hooks";
import type { LambdaFunction } from "../../api/control.ts";
import { type InvokeAnswer, invoke } from "../../api/lambda.ts";
import { BodyView } from "../../part/body-view.tsx";
import { Copy } from "../../part/copy.tsx";
import { Form } from "../../part/form.tsx";
import { invokeCommands } from "./invoke-commands.ts";
import { Log } from "./log.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";

const TYPES = [
  ["RequestResponse", "wait for the answer"],
  ["Event", "queue the event"],
] as const;

type Type = (typeof TYPES)[number][0];

/** Invokes a function, and shows what it answers and writes. */
export function InvokeForm({
  lambda,
  draft = "{}",
}: {
  readonly lambda: LambdaFunction;
  readonly draft?: string | undefined;
}) {
  const [event, setEvent] = useState(draft);
  const [qualifier, setQualifier] = useState("$LATEST");
  const [type, setType] = useState<Type>("RequestResponse");
  const [answer, setAnswer] = useState<InvokeAnswer>();
  const act = async () => {
    setAnswer(undefined);
    const found = await invoke(lambda, { event, qualifier, type });
    if (type === "Event") return "Queued: it shows among the invocations once it is attempted.";
    setAnswer(found);
    return found.isError ? "It failed." : "It answered.";
  };
  const commands = invokeCommands({ ...lambda, endpoint: location.origin, event, qualifier, type });
  return (
    <>
      <Form submit="Invoke" act={act}>
        <label>
          Event, in JSON
          <textarea
            class="mono"
            rows={8}
            spellcheck={false}
            value={event}
            onInput={({ currentTarget }) => setEvent(currentTarget.value)}
          />
        </label>
        <div class="columns">
          <label>
            Version or alias
            <select value={qualifier} onChange={({ currentTarget }) => setQualifier(currentTarget.value)}>
              {qualifiersOf(lambda).map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <label>
            How
            <select value={type} onChange={({ currentTarget }) => setType(currentTarget.value as Type)}>
              {TYPES.map(([id, title]) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="line">
          <Copy text={commands.awsCli} label="Copy as AWS CLI command" />
          <Copy text={commands.curl} label="Copy as curl" />
        </div>
      </Form>
      {answer && <Answered answer={answer} />}
    </>
  );
}

function qualifiersOf({ aliases, versions }: LambdaFunction): readonly string[] {
  return ["$LATEST", ...aliases.map(({ name }) => name), ...versions.map(({ version }) => version)];
}

function Answered({ answer: { payload, isError, executedVersion, log } }: { readonly answer: InvokeAnswer }) {
  return (
    <section class="card" aria-label="Answer of the function">
      <h2>
        Answer <OutcomeMark outcome={isError ? "failed" : "answered"} />{" "}
        <span class="faint">of version {executedVersion}</span>
      </h2>
      <BodyView text={payload} />
      <Log text={log} />
    </section>
  );
}
