import { useState } from "preact/hooks";
import { callSns, textIn } from "../../api/aws.ts";
import type { Topic } from "../../api/control.ts";
import { attributesOf } from "../../part/attribute-lines.ts";
import { AttributesField } from "../../part/attributes-field.tsx";
import { Form } from "../../part/form.tsx";
import { hrefOf } from "../../state/place.ts";

/** Publishes a message. */
export function PublishForm({ topic }: { readonly topic: Topic }) {
  const [message, setMessage] = useState("");
  const [subject, setSubject] = useState("");
  const [group, setGroup] = useState("");
  const [deduplication, setDeduplication] = useState("");
  const [attributes, setAttributes] = useState("");
  const act = async () => {
    const given = (text: string): string | undefined => (text === "" ? undefined : text);
    const input = {
      TopicArn: topic.arn,
      Message: message,
      Subject: given(subject),
      MessageGroupId: given(group),
      MessageDeduplicationId: given(deduplication),
      ...flattened(attributes),
    };
    const published = textIn(await callSns("Publish", input, { region: topic.region }), "MessageId");
    return (
      <>
        Published. <a href={hrefOf({ page: "explain", name: published })}>See where it went</a>
      </>
    );
  };
  return (
    <Form submit="Publish" act={act}>
      <label>
        Message
        <textarea required value={message} onInput={({ currentTarget }) => setMessage(currentTarget.value)} />
      </label>
      <div class="columns">
        <label>
          Subject, for mails
          <input value={subject} maxLength={100} onInput={({ currentTarget }) => setSubject(currentTarget.value)} />
        </label>
        {topic.isFifo && (
          <>
            <label>
              Message group
              <input required value={group} onInput={({ currentTarget }) => setGroup(currentTarget.value)} />
            </label>
            <label>
              Deduplication id
              <input
                required={topic.contentBasedDeduplication !== true}
                value={deduplication}
                onInput={({ currentTarget }) => setDeduplication(currentTarget.value)}
              />
            </label>
          </>
        )}
        <AttributesField value={attributes} onChange={setAttributes} />
      </div>
    </Form>
  );
}

/** Attributes as a query has them. */
function flattened(lines: string): Readonly<Record<string, string>> {
  const members: Record<string, string> = {};
  for (const [at, [name, value]] of Object.entries(attributesOf(lines)).entries()) {
    const entry = `MessageAttributes.entry.${at + 1}`;
    const type = typeof value === "number" ? "Number" : typeof value === "string" ? "String" : "String.Array";
    members[`${entry}.Name`] = name;
    members[`${entry}.Value.DataType`] = type;
    members[`${entry}.Value.StringValue`] = typeof value === "object" ? JSON.stringify(value) : String(value);
  }
  return members;
}
