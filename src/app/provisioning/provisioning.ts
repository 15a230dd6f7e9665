import { lazily } from "../../kernel/load/late-package.ts";
import type { InitHooks, InitState } from "../../provisioning/hooks/init-hooks.ts";
import type { ProvisioningControl } from "../../server/control/provisioning.ts";
import { environment } from "../settings/config.ts";
import { foreignNotes } from "../settings/foreign-notes.ts";
import { findHooks } from "./find-hooks.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";

/** Makes what files and settings declare, at the start and later. It is loaded when there is something to make. */
export class Provisioning {
  readonly control: () => Promise<ProvisioningControl>;
  readonly #deps: ProvisioningRoomDeps;
  #isStarting = true;
  #isDeclaring = true;
  #hooks: InitHooks | undefined;

  constructor(deps: ProvisioningRoomDeps) {
    this.#deps = deps;
    this.control = lazily(async () => {
      const { createProvisioningControl } = await import("./provisioning-control.ts");
      return createProvisioningControl(deps);
    });
  }

  /** Whether not everything is there yet that is declared, or a script has still to run. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Whether not everything is there yet that is declared. */
  get isDeclaring(): boolean {
    return this.#isDeclaring;
  }

  /** Where the scripts stand that run at the start and at the end. */
  get initState(): InitState {
    if (this.#hooks !== undefined) return this.#hooks.state;
    const isReady = !this.#isStarting;
    return { completed: { BOOT: true, START: isReady, READY: isReady, SHUTDOWN: false }, scripts: [] };
  }

  /** Makes what is declared, and runs the scripts that go before and after it. Throws UsageError. */
  async start(): Promise<void> {
    const { runsScriptsUntil: signal = new AbortController().signal } = this.#deps;
    if (this.#deps.runsScriptsUntil !== undefined) this.#note();
    this.#hooks = await findHooks(this.#deps);
    await this.#hooks?.run("BOOT", signal);
    await this.#hooks?.run("START", signal);
    await this.#declare();
    this.#isDeclaring = false;
    await this.#hooks?.run("READY", signal);
    this.#isStarting = false;
  }

  /** Runs the scripts for the end. */
  async stop(): Promise<void> {
    await this.#hooks?.run("SHUTDOWN", new AbortController().signal);
  }

  /** Tells what the environment, which programs do not read, asks for in vain. */
  #note(): void {
    const { config, services, log } = this.#deps;
    const served = services.map(({ model }) => model.id);
    for (const note of foreignNotes(environment(), { config, served })) log.log("warn", {}, note);
  }

  async #declare(): Promise<void> {
    const { config, file, functions, inside } = this.#deps;
    const { queues, topics, subscriptions, streams, import: imported } = config;
    if ([file, queues, topics, subscriptions, streams, imported].some((given) => given !== undefined)) {
      const { applyDeclarations } = await import("./apply-declarations.ts");
      await applyDeclarations(this.#deps);
    }
    if (config.function !== undefined || functions !== undefined) {
      const { declareFunctions } = await import("../functions/declare-functions.ts");
      declareFunctions({ config, given: functions, functions: inside.functions });
    }
    if (config.template !== undefined) {
      const { applyTemplates } = await import("./apply-templates.ts");
      await applyTemplates(this.#deps);
    }
  }
}
