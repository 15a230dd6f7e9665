import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { MESSAGE_BODY } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import { startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";
import { median, quantile } from "../statistics.ts";

/** Time for a receive to reach the server and be parked there. */
const PARKING_MS = 5;

/** How soon a parked receive learns of a message: from the send's request to the receive's answer. */
export const wake: Scenario = {
  name: "wake",
  async run({ samples }) {
    await using server = await startEmulator();
    using client = await SqsClient.open(server);
    const wakeOnce = await createWaker(server.port, await client.createQueue("bench"));
    const delays: number[] = [];
    for (let sample = 0; sample < samples * 10; sample++) delays.push(await wakeOnce());
    const detail = `${delays.length} wakes, 99 % within ${quantile(delays, 0.99).toFixed(2)} ms`;
    return [{ what: "long poll wakes", value: median(delays), unit: "ms", target: { below: 0.8 }, detail }];
  },
};

/** Measures one wake, in milliseconds. What was received stays in flight. */
async function createWaker(port: number, queueUrl: string): Promise<() => Promise<number>> {
  const [receiver, sender] = [await Connection.open(port), await Connection.open(port)];
  const destination = new Destination(port, sqsWire);
  const receiveInput = JSON.stringify({ QueueUrl: queueUrl, WaitTimeSeconds: 20, VisibilityTimeout: 3_600 });
  const receive = destination.requestFor("ReceiveMessage", receiveInput);
  const sendInput = JSON.stringify({ QueueUrl: queueUrl, MessageBody: MESSAGE_BODY });
  const send = destination.requestFor("SendMessage", sendInput);
  return async () => {
    const woken = receiver.exchange(receive).then(() => performance.now());
    await new Promise((resolve) => setTimeout(resolve, PARKING_MS));
    const sentAt = performance.now();
    await sender.exchange(send);
    return (await woken) - sentAt;
  };
}
