import { alternate } from "../load/alternate.ts";
import { Destination } from "../load/destination.ts";
import { Load } from "../load/load.ts";
import { publishCycle, SnsClient } from "../load/sns-client.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { sendCycle } from "../load/sqs-cycles.ts";
import { snsWire, sqsWire } from "../load/wire.ts";
import { type Server, startEmulator, startFloor } from "../machine/servers.ts";
import type { Finding, Pace, Scenario, Target } from "../scenario.ts";

const CONNECTIONS = 32;
const FLOOR_REPLY = { headers: { "content-type": "text/xml", "content-length": "291" }, body: "x".repeat(291) };

/** Publish to SQS subscriptions: deliveries a second, against the requests a second of the floor. */
export const publish: Scenario = {
  name: "publish",
  async run(pace) {
    // Every delivery stays in its queue, so rounds are few; but they are as long as it takes V8 to get up to speed.
    const short = { ...pace, rounds: Math.min(pace.rounds, 7), roundMs: 500 };
    return [
      await fanOut(1, undefined, short),
      await fanOut(10, { atLeast: 6 }, short),
      await fanOut(100, { atLeast: 12 }, short),
    ];
  },
};

async function fanOut(subscriptions: number, target: Target | undefined, pace: Pace): Promise<Finding> {
  await using subject = await startEmulator();
  await using floor = await startFloor({ SendMessage: FLOOR_REPLY });
  const toFloor = new Destination(floor.port, sqsWire, (operation) => `/${operation}`);
  const cycle = publishCycle(await topicWithQueues(subject, subscriptions));
  using floorLoad = await Load.open(floor, { destination: toFloor, cycle: sendCycle("any"), connections: CONNECTIONS });
  const destination = new Destination(subject.port, snsWire);
  using load = await Load.open(subject, { destination, cycle, connections: CONNECTIONS });
  const { ratio, detail } = await alternate(floorLoad, load, pace);
  const what = `deliveries to ${subscriptions} SQS subscription${subscriptions === 1 ? "" : "s"}`;
  return { what, value: ratio * subscriptions, unit: "of floor", ...(target && { target }), detail };
}

async function topicWithQueues(server: Server, count: number): Promise<string> {
  using sqs = await SqsClient.open(server);
  using sns = await SnsClient.open(server);
  const topicArn = await sns.createTopic("bench");
  for (let index = 0; index < count; index++) {
    await sqs.createQueue(`bench-${index}`);
    await sns.subscribe(topicArn, { protocol: "sqs", endpoint: `arn:aws:sqs:us-east-1:000000000000:bench-${index}` });
  }
  return topicArn;
}
