import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import type { Queue } from "../../api/control.ts";
import { linesOf, messageAttributesOf } from "../../part/attribute-lines.ts";
import { AttributesField } from "../../part/attributes-field.tsx";
import { Form } from "../../part/form.tsx";
import { type Message, urlOf } from "./queue.ts";

interface SendFormProps {
  readonly queue: Queue;
  /** A message whose body, group and attributes the form begins with. */
  readonly draft: Message | undefined;
}

/** Sends a message to a queue. */
export function SendForm({ queue, draft }: SendFormProps) {
  const { isFifo, contentBasedDeduplication } = queue.settings;
  const [body, setBody] = useState(draft?.body ?? "");
  const [delay, setDelay] = useState("");
  const [group, setGroup] = useState(draft?.group ?? "");
  const [deduplication, setDeduplication] = useState("");
  const [attributes, setAttributes] = useState(linesOf(draft?.attributes ?? {}));
  const act = async () => {
    const { MessageId } = await call<{ readonly MessageId: string }>(
      "sqs",
      "SendMessage",
      {
        QueueUrl: urlOf(queue),
        MessageBody: body,
        DelaySeconds: delay === "" ? undefined : Number(delay),
        MessageGroupId: group === "" ? undefined : group,
        MessageDeduplicationId: deduplication === "" ? undefined : deduplication,
        MessageAttributes: messageAttributesOf(attributes),
      },
      { region: queue.region },
    );
    return (
      <>
        Sent as <span class="mono">{MessageId}</span>.
      </>
    );
  };
  return (
    <Form submit="Send" act={act}>
      <label>
        Body
        <textarea required value={body} onInput={({ currentTarget }) => setBody(currentTarget.value)} />
      </label>
      <div class="columns">
        {!isFifo && (
          <label>
            Delay in seconds
            <input
              type="number"
              min={0}
              max={900}
              value={delay}
              onInput={({ currentTarget }) => setDelay(currentTarget.value)}
            />
          </label>
        )}
        <label>
          Message group{isFifo ? "" : ", if any"}
          <input required={isFifo} value={group} onInput={({ currentTarget }) => setGroup(currentTarget.value)} />
        </label>
        {isFifo && (
          <label>
            Deduplication id{contentBasedDeduplication === true ? ", else by content" : ""}
            <input
              required={contentBasedDeduplication !== true}
              value={deduplication}
              onInput={({ currentTarget }) => setDeduplication(currentTarget.value)}
            />
          </label>
        )}
        <AttributesField takesTypes value={attributes} onChange={setAttributes} />
      </div>
    </Form>
  );
}
