import type { OutboxMessage } from "../../api/control.ts";
import { BodyView } from "../../part/body-view.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { Fact, InstantFact, TextFact } from "../../part/facts.tsx";
import { hrefOf } from "../../state/place.ts";

/** A message as its receiver would see it: a mail as text, a text message as a phone shows it. What it says is never run or loaded. */
export function Sent({ message }: { readonly message: OutboxMessage }) {
  const { protocol, to, body, subject, topicArn, parts } = message;
  return (
    <article class="card" aria-label={`Message to ${to}`}>
      {protocol === "sms" ? (
        <div class="phone">
          <p class="faint">{message.from ?? "Text message"}</p>
          <p class="bubble">{body}</p>
          {parts !== undefined && parts > 1 && <p class="faint">sent in {parts} parts</p>}
        </div>
      ) : (
        <>
          {subject !== undefined && <h2>{subject}</h2>}
          <BodyView text={body} />
        </>
      )}
      <dl class="facts">
        <TextFact name="To" text={to} />
        <TextFact name="From" text={message.from} />
        <InstantFact name="Sent" at={message.time} />
        <TextFact name="Kind" text={message.type} />
        <TextFact name="Platform" text={message.platform} />
        {topicArn !== undefined && (
          <Fact name="Topic">
            <ResourceLink arn={topicArn} />
          </Fact>
        )}
        <Fact name="Message">
          <a class="mono" href={hrefOf({ page: "explain", name: message.messageId })}>
            {message.messageId}
          </a>
        </Fact>
        <TextFact name="Confirmation link" text={message.subscribeUrl} />
      </dl>
    </article>
  );
}
