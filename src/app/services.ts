import { Signing } from "../delivery/signature/signing.ts";
import { QueueDirectory } from "../engine/queue/queue-directory.ts";
import type { Clocks } from "../kernel/clocks.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Service } from "../service/service.ts";
import { createSqsService } from "../service/sqs/index.ts";
import type { Config } from "./config.ts";
import { profiles } from "./profiles.ts";

/** The services and the state behind them. */
export interface Services {
  readonly list: readonly Service[];
  /** The certificate in PEM that SNS messages name with that path, or undefined when none does. */
  certificateAt(path: string): string | undefined;
  /** Forgets everything, or everything of one account. */
  reset(account?: string): void;
  /** Ends whatever runs by itself. */
  close(): void;
}

/** Builds every service on its engines, and connects those that need each other. */
export function createServices({ profile, inFlightLimit }: Config, clocks: Clocks, ids: Ids): Services {
  const rules = { ...profiles[profile], inFlightLimit };
  const signing = new Signing(ids);
  const directory = new QueueDirectory({ clockOf: (account) => clocks.of(account), ids, rules });
  return {
    list: [createSqsService({ directory, ids })],
    certificateAt: (path) => signing.certificateAt(path),
    reset: (account) => directory.reset(account),
    close: () => directory.close(),
  };
}
