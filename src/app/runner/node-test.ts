import { after, beforeEach } from "node:test";
import { createEmulator, type Emulator, type EmulatorOptions } from "../emulator.ts";
import { setEnvironment } from "./environment.ts";

/**
 * An emulator for the tests of a file, or of the suite in which this is called: clients find it by their environment, every test
 * finds it empty, and it closes after the last.
 *
 * @example
 * import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
 * import { test } from "node:test";
 * import { waystation } from "waystation/node-test";
 *
 * const aws = await waystation();
 *
 * test("there are no queues yet", async () => {
 *   const { QueueUrls } = await aws.client(SQSClient).send(new ListQueuesCommand({}));
 *   if (QueueUrls !== undefined) throw new Error("there are");
 * });
 */
export async function waystation(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options);
  const restore = setEnvironment(emulator.environment());
  beforeEach(() => emulator.reset());
  after(async () => {
    restore();
    await emulator.close();
  });
  return emulator;
}
