import { BodyView } from "../../part/body-view.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { Fact, InstantFact, TextFact } from "../../part/facts.tsx";
import { hrefOf } from "../../state/place.ts";
import type { Message } from "./queue.ts";

interface MessageDetailProps {
  readonly message: Message;
  readonly onSendAgain: (message: Message) => void;
  readonly onClose: () => void;
}

/** Everything that is known of a message. */
export function MessageDetail({ message, onSendAgain, onClose }: MessageDetailProps) {
  const { id, body, attributes = {}, state, receiveCount } = message;
  return (
    <section class="card" aria-label={`Message ${id}`}>
      <div class="line spread">
        <h2 class="mono">{id}</h2>
        <div class="line">
          <a href={hrefOf({ page: "explain", name: id })}>Why is it here?</a>
          <button type="button" title="Takes its body and attributes to the form" onClick={() => onSendAgain(message)}>
            Send again…
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
      <BodyView text={body} />
      <dl class="facts">
        <Fact name="State">
          <span class={`mark ${state}`}>{state}</span>
        </Fact>
        <Fact name="Received">
          {receiveCount} ×{message.deadLettersNext === true && ", the next receive sends it to the dead-letter queue"}
        </Fact>
        <InstantFact name="Sent" at={message.sentAt} />
        <InstantFact name="First received" at={message.firstReceivedAt} />
        <InstantFact name="Last received" at={message.lastReceivedAt} />
        <InstantFact name="Visible again" at={message.visibleAt} />
        <InstantFact name="Expires" at={message.retentionEndsAt} />
        <TextFact name="Held by" text={message.heldBy} />
        <TextFact name="Group" text={message.group} />
        <TextFact name="Sequence number" text={message.sequenceNumber} />
        <TextFact name="Deduplication id" text={message.deduplicationId} />
        <InstantFact name="Deduplicates until" at={message.deduplicationEndsAt} />
        <TextFact name="Sender" text={message.senderId} />
        {message.deadLetterSourceArn !== undefined && (
          <Fact name="Dead letter of">
            <ResourceLink arn={message.deadLetterSourceArn} />
          </Fact>
        )}
      </dl>
      {Object.keys(attributes).length > 0 && (
        <>
          <h3>Attributes</h3>
          <dl class="facts">
            {Object.entries(attributes).map(([name, { type, value }]) => (
              <Fact key={name} name={name}>
                <span class="mono">{value}</span> <span class="faint">{type}</span>
              </Fact>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
