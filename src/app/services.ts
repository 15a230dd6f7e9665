import { bucketsIn } from "../delivery/target/bucket-folder.ts";
import { QueueDirectory } from "../engine/queue/queue-directory.ts";
import type { Clocks } from "../kernel/clocks.ts";
import { EventLogs } from "../kernel/event-logs.ts";
import type { Ids } from "../kernel/ids.ts";
import { Sweeper } from "../kernel/sweeper.ts";
import type { Logger } from "../server/log.ts";
import type { Service } from "../service/service.ts";
import { createSqsService } from "../service/sqs/index.ts";
import { createStsService } from "../service/sts/index.ts";
import { createKinesis } from "./kinesis.ts";
import { profiles } from "./profiles.ts";
import type { Config } from "./settings.ts";
import { createSns, type Sns } from "./sns.ts";

/** What every service shares. */
interface ServiceParts {
  readonly clocks: Clocks;
  readonly ids: Ids;
  readonly log: Logger;
}

/** The services and the state behind them. */
export interface Services extends Pick<Sns, "certificateAt" | "readOutbox" | "readDeliveries" | "optOut"> {
  readonly list: readonly Service[];
  /** Forgets everything, or everything of one account. */
  reset(account?: string): void;
  /** Ends whatever runs by itself. */
  close(): Promise<void>;
}

/** Builds every service on its engines, and connects those that need each other. */
export function createServices(config: Config, { clocks, ids, log }: ServiceParts): Services {
  const { profile, inFlightLimit } = config;
  const rules = { ...profiles[profile].queues, inFlightLimit };
  const clockOf = (account: string) => clocks.of(account);
  const sweeper = new Sweeper(clocks.base);
  const logs = new EventLogs();
  const queues = new QueueDirectory({ clockOf, ids, rules, sweeper, logs: logs.part("sqs") });
  const put = config.channelDir === undefined ? undefined : bucketsIn(config.channelDir);
  const shared = { clockOf, ids, log, sweeper, put };
  const soon = (task: () => void) => clocks.soon(task);
  const streamOf = (arn: string) => kinesis.streamOf(arn);
  const sns = createSns(config, { ...shared, logs: logs.part("sns"), soon, queues, streamOf });
  const kinesis = createKinesis(config, { ...shared, logs: logs.part("kinesis") });
  return {
    ...sns,
    list: [createSqsService({ directory: queues, ids }), sns.service, kinesis.service, createStsService()],
    reset(account) {
      sns.reset(account);
      kinesis.reset(account);
      queues.reset(account);
      sweeper.reset(account === undefined ? undefined : clocks.of(account));
    },
    async close() {
      sns.close();
      queues.close();
      sweeper.reset();
      await kinesis.close();
    },
  };
}
