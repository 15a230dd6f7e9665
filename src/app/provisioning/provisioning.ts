import { lazily } from "../../kernel/load/late-package.ts";
import type { ProvisioningControl } from "../../server/control/provisioning.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";

/** Makes what files and settings declare, at the start and later. It is loaded when there is something to make. */
export class Provisioning {
  readonly control: () => Promise<ProvisioningControl>;
  readonly #deps: ProvisioningRoomDeps;
  #isStarting = true;

  constructor(deps: ProvisioningRoomDeps) {
    this.#deps = deps;
    this.control = lazily(async () => {
      const { createProvisioningControl } = await import("./provisioning-control.ts");
      return createProvisioningControl(deps);
    });
  }

  /** Whether not everything is there yet that is declared. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Makes what is declared. Throws UsageError. */
  async start(): Promise<void> {
    const { config, file } = this.#deps;
    const { queues, topics, subscriptions, streams, import: imported } = config;
    if ([file, queues, topics, subscriptions, streams, imported].some((given) => given !== undefined)) {
      const { applyDeclarations } = await import("./apply-declarations.ts");
      await applyDeclarations(this.#deps);
    }
    this.#isStarting = false;
  }
}
