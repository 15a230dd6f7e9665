import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { MESSAGE_BODY } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import { startEmulator, startRelay } from "../machine/servers.ts";
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
    await using relay = await startRelay();
    const queueUrl = await client.createQueue("bench");
    const wakeOnce = await createWaker(new Destination(server.port, sqsWire), queueUrl);
    const relayOnce = await createWaker(new Destination(relay.port, sqsWire, (operation) => `/${operation}`), queueUrl);
    const [delays, relayed]: [number[], number[]] = [[], []];
    for (let sample = 0; sample < samples * 10; sample++) {
      relayed.push(await relayOnce());
      delays.push(await wakeOnce());
    }
    const least = `a bare server on node:net ${median(relayed).toFixed(2)} ms`;
    const detail = `${delays.length} wakes, 99 % within ${quantile(delays, 0.99).toFixed(2)} ms; ${least}`;
    return [{ what: "long poll wakes", value: median(delays), unit: "ms", target: { below: 0.8 }, detail }];
  },
};

/** Measures one wake, in milliseconds. What was received stays in flight. */
async function createWaker(destination: Destination, queueUrl: string): Promise<() => Promise<number>> {
  const [receiver, sender] = [await Connection.open(destination.port), await Connection.open(destination.port)];
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
