import type { Ids } from "../kernel/ids.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { RuntimeLog } from "./runner.ts";

/** What functions are run with, whichever they are. */
export interface RuntimeDeps {
  /** Real time: processes know no other. */
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: RuntimeLog;
  /** Where functions find the emulator. */
  readonly endpoint: () => string;
  /** What processes see of the emulator's own environment, such as PATH. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Commands that run the launchers; the Node that runs this unless another one is given, and `python3`. */
  readonly node?: string | undefined;
  readonly python?: string | undefined;
  /** How long an environment that nobody needs is kept. */
  readonly keepAliveMs: number;
  /** Environments of one function at most. */
  readonly mostEnvironments: number;
}
