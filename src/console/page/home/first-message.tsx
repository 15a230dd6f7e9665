import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import { type Act, Form } from "../../part/form.tsx";
import { hrefOf } from "../../state/place.ts";

/** Makes a queue and sends it a message: what there is to do where there is nothing. */
export function FirstMessage() {
  const [queue, setQueue] = useState("orders");
  const [body, setBody] = useState('{ "order": 7 }');
  const act: Act = async () => {
    const isFifo = queue.endsWith(".fifo");
    const Attributes = isFifo ? { FifoQueue: "true", ContentBasedDeduplication: "true" } : undefined;
    const { QueueUrl } = await call<{ readonly QueueUrl: string }>("sqs", "CreateQueue", {
      QueueName: queue,
      Attributes,
    });
    await call("sqs", "SendMessage", { QueueUrl, MessageBody: body, MessageGroupId: isFifo ? "first" : undefined });
    location.hash = hrefOf({ page: "queues", name: queue });
  };
  return (
    <section class="card" aria-labelledby="first-message">
      <h2 id="first-message">Send a message</h2>
      <Form submit="Send" act={act}>
        <label>
          Queue, which is made if there is none
          <input required value={queue} onInput={({ currentTarget }) => setQueue(currentTarget.value)} />
        </label>
        <label>
          Message
          <textarea required value={body} onInput={({ currentTarget }) => setBody(currentTarget.value)} />
        </label>
      </Form>
    </section>
  );
}
