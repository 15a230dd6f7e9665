import { createEmulator, type Emulator, type EmulatorOptions } from "../emulator.ts";
import { setEnvironment } from "./environment.ts";

/**
 * A `globalSetup` of Vitest with options of your own: one emulator for all test files, which clients find by their environment.
 *
 * @example
 * import { globalSetup } from "waystation/vitest";
 *
 * export const { setup, teardown } = globalSetup({ profile: "aws" });
 */
export function globalSetup(options: EmulatorOptions = {}): GlobalSetup {
  let emulator: Emulator | undefined;
  let restore: () => void = () => {};
  return {
    async setup() {
      emulator = await createEmulator(options);
      restore = setEnvironment(emulator.environment());
    },
    async teardown() {
      restore();
      await emulator?.close();
    },
  };
}

/**
 * What Vitest calls before all test files, and after them.
 *
 * @example
 * import { globalSetup } from "waystation/vitest";
 *
 * const { setup, teardown } = globalSetup();
 * await setup();
 * if (process.env.AWS_ENDPOINT_URL === undefined) throw new Error("no endpoint");
 * await teardown();
 */
export interface GlobalSetup {
  setup(): Promise<void>;
  teardown(): Promise<void>;
}

const usual = globalSetup();

/**
 * Starts an emulator: `globalSetup: ["waystation/vitest"]` in the configuration of Vitest is all there is to do.
 *
 * @example
 * import { setup, teardown } from "waystation/vitest";
 *
 * await setup();
 * await teardown();
 */
export const setup = usual.setup;

/**
 * Closes it.
 *
 * @example
 * import { setup, teardown } from "waystation/vitest";
 *
 * await setup();
 * await teardown();
 */
export const teardown = usual.teardown;
