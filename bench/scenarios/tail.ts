import { repliesOf } from "../load/against-floor.ts";
import { Destination } from "../load/destination.ts";
import { PacedLoad } from "../load/paced.ts";
import { sending } from "../load/sending.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { MESSAGE_BODY, sendCycle } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import { type Server, startEmulator, startFloor } from "../machine/servers.ts";
import { grouped } from "../report.ts";
import type { Scenario } from "../scenario.ts";
import { median, quantile } from "../statistics.ts";

const SHARE = 0.99;

/** The slowest of a hundred SendMessage while the server has half of what it can do, against the floor's at the same pace. */
export const tail: Scenario = {
  name: "tail",
  async run({ rounds, roundMs }) {
    await using server = await startEmulator();
    using client = await SqsClient.open(server);
    const queueUrl = await client.createQueue("bench-tail");
    await using floor = await startFloor(await repliesOf(sendCycle(queueUrl), new Destination(server.port, sqsWire)));
    const perSecond = (await fullRate(server, roundMs)) / 2;
    const input = JSON.stringify({ QueueUrl: queueUrl, MessageBody: MESSAGE_BODY });
    const toFloor = new Destination(floor.port, sqsWire, (operation) => `/${operation}`);
    using base = await PacedLoad.open(floor.port, toFloor.requestFor("SendMessage", input));
    const toServer = new Destination(server.port, sqsWire);
    using subject = await PacedLoad.open(server.port, toServer.requestFor("SendMessage", input));
    for (const load of [base, subject]) await load.run(perSecond, roundMs);
    const [floors, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const turns = [
        { load: base, slowest: floors },
        { load: subject, slowest: ours },
      ];
      if (round % 2 === 1) turns.reverse();
      for (const { load, slowest } of turns) slowest.push(quantile(await load.run(perSecond, roundMs), SHARE));
    }
    const ratios = ours.map((one, round) => one / floors[round]!);
    const times = `99 % within ${median(ours).toFixed(2)} ms, of the floor's ${median(floors).toFixed(2)} ms`;
    const detail = `${grouped(perSecond)} requests/s, ${times}, rounds ${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    return [
      { what: "SendMessage at half load, 99 %", value: median(ratios), unit: "of floor", target: { below: 1 }, detail },
    ];
  },
};

/** Requests a second that the server answers when it has nothing else to do. */
async function fullRate(server: Server, roundMs: number): Promise<number> {
  using load = await sending(server);
  await load.run(roundMs);
  return (await load.run(roundMs)).requestsPerSecond;
}
