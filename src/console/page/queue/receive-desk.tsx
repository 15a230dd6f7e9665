import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import type { Queue } from "../../api/control.ts";
import { Action } from "../../part/action.tsx";
import { BodyView } from "../../part/body-view.tsx";
import { Empty } from "../../part/states.tsx";
import { distanceText } from "../../part/words.ts";
import { now } from "../../state/time.ts";
import { urlOf } from "./queue.ts";

/** A message as ReceiveMessage gives it. */
interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}

/** A message that was received here, until when it is ours. */
interface Held extends Received {
  readonly until: number;
}

/** Receives as any consumer would, and keeps the receipts: each message can be deleted, released or held for longer. */
export function ReceiveDesk({ queue }: { readonly queue: Queue }) {
  const [held, setHeld] = useState<readonly Held[]>([]);
  const [timeoutSeconds, setTimeoutSeconds] = useState(String(queue.settings.visibilityTimeoutSeconds));
  const { region } = queue;
  const QueueUrl = urlOf(queue);
  const drop = (receipt: string): void => setHeld((all) => all.filter((one) => one.ReceiptHandle !== receipt));
  const receive = async (): Promise<void> => {
    const VisibilityTimeout = Number(timeoutSeconds);
    const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout, MessageSystemAttributeNames: ["All"] };
    const { Messages = [] } = await call<{ readonly Messages?: readonly Received[] }>("sqs", "ReceiveMessage", input, {
      region,
    });
    const until = now.peek() + VisibilityTimeout * 1000;
    setHeld((all) => [...all, ...Messages.map((message) => ({ ...message, until }))]);
  };
  const remove = async ({ ReceiptHandle }: Held): Promise<void> => {
    await call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle }, { region });
    drop(ReceiptHandle);
  };
  const hold = async ({ ReceiptHandle }: Held, VisibilityTimeout: number): Promise<void> => {
    await call("sqs", "ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout }, { region });
    if (VisibilityTimeout === 0) return drop(ReceiptHandle);
    const until = now.peek() + VisibilityTimeout * 1000;
    setHeld((all) => all.map((one) => (one.ReceiptHandle === ReceiptHandle ? { ...one, until } : one)));
  };
  return (
    <>
      <div class="line">
        <label class="line">
          Visibility timeout in seconds
          <input
            type="number"
            min={0}
            max={43_200}
            value={timeoutSeconds}
            onInput={({ currentTarget }) => setTimeoutSeconds(currentTarget.value)}
          />
        </label>
        <Action act={receive} kind="primary">
          Receive up to ten
        </Action>
      </div>
      {held.length === 0 && (
        <Empty title="Nothing has been received here">
          <p>
            To receive takes messages from other consumers, as on AWS, until you delete or release them, or time does.
          </p>
        </Empty>
      )}
      {held.map((message) => (
        <section key={message.ReceiptHandle} class="card" aria-label={`Received message ${message.MessageId}`}>
          <div class="line spread">
            <h2 class="mono">{message.MessageId}</h2>
            <span class={message.until > now.value ? "mark in-flight" : "mark dead"}>
              {message.until > now.value ? `ours until ${distanceText(message.until, now.value)}` : "no longer ours"}
            </span>
          </div>
          <BodyView text={message.Body} />
          <div class="line">
            <Action act={() => remove(message)}>Delete</Action>
            <Action act={() => hold(message, 0)} title="Sets its visibility timeout to 0">
              Release
            </Action>
            <Action act={() => hold(message, Number(timeoutSeconds))} title="Sets its visibility timeout anew">
              Hold for longer
            </Action>
            <button type="button" onClick={() => drop(message.ReceiptHandle)}>
              Forget
            </button>
          </div>
        </section>
      ))}
    </>
  );
}
