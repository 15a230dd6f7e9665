import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { putManyCycle } from "../load/kinesis-cycles.ts";
import { kinesisWire } from "../load/wire.ts";
import { residentMiBOf } from "../machine/process-usage.ts";
import { startEmulator } from "../machine/servers.ts";
import { grouped } from "../report.ts";
import type { Scenario } from "../scenario.ts";

const SHARDS = 4;
/** How long records are kept, and how far the clock is moved after each of the steps that come to so long together. */
const RETENTION_HOURS = 24;
const STEPS_PER_RETENTION = 6;
/** Half a mebibyte each. */
const PUTS_PER_STEP = 170;
const RETENTIONS = 5;

/** What records weigh that come and go: 500 MiB of them are there at a time, and as many come as expire. */
export const flow: Scenario = {
  name: "flow",
  async run() {
    await using server = await startEmulator();
    using client = await KinesisClient.open(server);
    await client.createStream("bench", SHARDS);
    const connection = await Connection.open(server.port);
    const destination = new Destination(server.port, kinesisWire);
    const put = putManyCycle("bench", 1024);
    const ask = (operation: string, body: string) => connection.exchange(destination.requestFor(operation, body));
    const resident: number[] = [];
    for (let retention = 0; retention < RETENTIONS; retention++) {
      for (let step = 0; step < STEPS_PER_RETENTION; step++) {
        for (let count = 0; count < PUTS_PER_STEP; count++) await put(ask);
        await advance(server.port, RETENTION_HOURS / STEPS_PER_RETENTION);
      }
      resident.push(residentMiBOf(server.pid).now);
    }
    connection.close();
    const [first = Number.NaN] = resident;
    const last = resident.at(-1) ?? Number.NaN;
    const detail = `${resident.map((mebibytes) => grouped(mebibytes)).join(", ")} MiB after each of ${RETENTIONS} days`;
    return [{ what: "records that come and go, last day against first", value: last / first, unit: "of base", detail }];
  },
};

async function advance(port: number, hours: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/_waystation/clock/advance`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ duration: `${hours}h` }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
