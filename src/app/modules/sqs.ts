import { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import { lateService } from "../../service/late-service.ts";
import { sqsModel, sqsOperations } from "../../service/sqs/sqs-model.ts";
import { profiles } from "../settings/profiles.ts";
import type { Module, ModuleDeps } from "./module.ts";

/** SQS and what belongs to it. */
export interface Sqs extends Module {
  readonly queues: QueueDirectory;
}

/** Builds SQS on its engine. */
export function createSqs({ config, clockOf, ids, sweeper, logs, faults }: ModuleDeps): Sqs {
  const rules = { ...profiles[config.profile].queues, inFlightLimit: config.inFlightLimit };
  const queues = new QueueDirectory({ clockOf, ids, rules, sweeper, disorder: faults.queues, logs: logs.part("sqs") });
  return {
    service: lateService({ model: sqsModel, operations: sqsOperations }, async () => {
      const { createSqsService } = await import("../../service/sqs/index.ts");
      return createSqsService({ directory: queues, ids });
    }),
    stores: [queues],
    queues,
    close: () => queues.close(),
  };
}
