import { SqsClient } from "../load/sqs-client.ts";
import { fill } from "../load/sqs-stock.ts";
import { residentMiBOf } from "../machine/process-usage.ts";
import { startEmulator } from "../machine/servers.ts";
import { grouped } from "../report.ts";
import type { Scenario } from "../scenario.ts";

const MESSAGES = 1_000_000;

/** What a million messages weigh. */
export const memory: Scenario = {
  name: "memory",
  async run() {
    await using server = await startEmulator();
    using client = await SqsClient.open(server);
    const queueUrl = await client.createQueue("bench");
    const before = residentMiBOf(server.pid).now;
    const startedAt = performance.now();
    await fill(server, queueUrl, MESSAGES);
    const seconds = (performance.now() - startedAt) / 1000;
    const { now, peak } = residentMiBOf(server.pid);
    const rate = `${grouped(MESSAGES / seconds)} messages/s by tens`;
    const detail = `${grouped(before)} MiB before, at most ${grouped(peak)} MiB, filled at ${rate}`;
    const what = "resident with 1,000,000 messages of 256 bytes";
    return [{ what, value: now, unit: "MiB", target: { below: 700 }, detail }];
  },
};
