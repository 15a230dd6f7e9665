import { type ClockDeps, clockRoutes } from "./clock.ts";
import type { ControlRoute } from "./contract.ts";
import { deliveriesRoute, type ReadDeliveries } from "./deliveries.ts";
import { type HealthDeps, healthRoute } from "./health.ts";
import { type OpenApiDeps, openApiRoute } from "./openapi.ts";
import { type OptOut, optOutsRoute } from "./opt-outs.ts";
import { outboxRoute, type ReadOutbox } from "./outbox.ts";
import { type Reset, resetRoute } from "./reset.ts";
import { deadLettersRoute } from "./routes/dead-letters.ts";
import { type FaultDeps, faultRoutes } from "./routes/faults.ts";
import { type HistoryDeps, historyRoutes } from "./routes/history.ts";
import type { LookingDeps } from "./routes/listing.ts";
import type { Looking } from "./routes/looking.ts";
import { queueMessagesRoute } from "./routes/queue-messages.ts";
import { queuesRoute } from "./routes/queues.ts";
import { consumersRoute, recordsRoute } from "./routes/stream-contents.ts";
import { streamsRoute } from "./routes/streams.ts";
import { subscriptionsRoute } from "./routes/subscriptions.ts";
import { matchTopicRoute, topicsRoute } from "./routes/topics.ts";
import { type WorldDeps, worldRoutes } from "./routes/worlds.ts";
import { type ReadStreamQueues, streamQueuesRoute } from "./stream-queues.ts";

/** What control routes look at and act upon. */
export interface ControlDeps
  extends ClockDeps,
    FaultDeps,
    HealthDeps,
    HistoryDeps,
    LookingDeps<Looking>,
    OpenApiDeps,
    WorldDeps {
  readonly reset: Reset;
  readonly readOutbox: ReadOutbox;
  readonly readDeliveries: ReadDeliveries;
  readonly optOut: OptOut;
  readonly readStreamQueues: ReadStreamQueues;
}

/** The emulator's own routes: for health checks, for tests that want a clean slate or another time, and for a look inside. */
export const controlRoutes: readonly ControlRoute<ControlDeps>[] = [
  healthRoute,
  resetRoute,
  ...worldRoutes,
  ...clockRoutes,
  queuesRoute,
  queueMessagesRoute,
  deadLettersRoute,
  topicsRoute,
  subscriptionsRoute,
  matchTopicRoute,
  streamsRoute,
  recordsRoute,
  consumersRoute,
  outboxRoute,
  deliveriesRoute,
  optOutsRoute,
  streamQueuesRoute,
  ...faultRoutes,
  ...historyRoutes,
  openApiRoute,
];
