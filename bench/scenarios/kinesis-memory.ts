import { KinesisClient } from "../load/kinesis-client.ts";
import { fillStream } from "../load/kinesis-stock.ts";
import { residentMiBOf } from "../machine/process-usage.ts";
import { startEmulator } from "../machine/servers.ts";
import { grouped } from "../report.ts";
import type { Scenario } from "../scenario.ts";

const RECORDS = 1_000_000;
const SHARDS = 4;

/** What a million records weigh. */
export const kinesisMemory: Scenario = {
  name: "kinesis-memory",
  async run() {
    await using server = await startEmulator();
    using client = await KinesisClient.open(server);
    await client.createStream("bench", SHARDS);
    const before = residentMiBOf(server.pid).now;
    const startedAt = performance.now();
    await fillStream(server, "bench", { count: RECORDS, bytes: 256 });
    const seconds = (performance.now() - startedAt) / 1000;
    const { now, peak } = residentMiBOf(server.pid);
    const rate = `${grouped(RECORDS / seconds)} records/s by five hundreds`;
    const detail = `${grouped(before)} MiB before, at most ${grouped(peak)} MiB, filled at ${rate}`;
    const what = "resident with 1,000,000 records of 256 bytes";
    return [{ what, value: now, unit: "MiB", target: { below: 600 }, detail }];
  },
};
