import type { EnvironmentContext, JestEnvironmentConfig } from "@jest/environment";
import { TestEnvironment } from "jest-environment-node";
import { createEmulator, type Emulator, type EmulatorOptions } from "../emulator.ts";

declare global {
  /** The emulator of the test file, with `testEnvironment: "waystation/jest"`. */
  var waystation: Emulator;
}

/**
 * Jest's environment for Node, with an emulator for each test file: `globalThis.waystation`, which clients find by their environment, too.
 * `testEnvironmentOptions: { waystation: { profile: "aws" } }` are its options.
 *
 * @example
 * import WaystationEnvironment from "waystation/jest";
 *
 * // testEnvironment: "waystation/jest" in the configuration of Jest is all there is to do, unless you extend it
 * if (typeof (WaystationEnvironment.default ?? WaystationEnvironment) !== "function") throw new Error("no class");
 */
export default class WaystationEnvironment extends TestEnvironment {
  readonly #options: EmulatorOptions;
  #emulator: Emulator | undefined;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    const { waystation = {} } = config.projectConfig.testEnvironmentOptions;
    this.#options = waystation as EmulatorOptions;
  }

  override async setup(): Promise<void> {
    await super.setup();
    this.#emulator = await createEmulator(this.#options);
    const { env } = this.global.process; // of the tests, not of Jest
    Object.assign(env, this.#emulator.environment());
    this.global.waystation = this.#emulator;
  }

  override async teardown(): Promise<void> {
    await this.#emulator?.close();
    await super.teardown();
  }
}
