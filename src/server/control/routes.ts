import { accountsRoute, type StandardDeps } from "./accounts.ts";
import type { ControlRoute } from "./contract.ts";
import { type HealthDeps, healthRoute } from "./health.ts";
import { type DescribedRoute, type OpenApiDeps, openApiRoute } from "./openapi.ts";
import { type ProvisioningDeps, provisioningRoutes } from "./provisioning.ts";
import { type Reset, resetRoute } from "./reset.ts";
import { type ClockDeps, clockRoutes } from "./routes/clock.ts";
import { clockDueRoutes } from "./routes/clock-due.ts";
import { deadLettersRoute } from "./routes/dead-letters.ts";
import { type EventsDeps, eventsRoute } from "./routes/events.ts";
import { type FaultDeps, faultRoutes } from "./routes/faults.ts";
import { mappingsRoute } from "./routes/function/event-source-mappings.ts";
import { functionsRoute } from "./routes/function/functions.ts";
import { type HistoryDeps, historyRoutes } from "./routes/history.ts";
import type { LookingDeps } from "./routes/listing.ts";
import type { Looking } from "./routes/looking.ts";
import { queueMessagesRoute } from "./routes/queue-messages.ts";
import { queuesRoute } from "./routes/queues.ts";
import { consumersRoute, recordsRoute } from "./routes/stream-contents.ts";
import { streamsRoute } from "./routes/streams.ts";
import { subscriptionsRoute } from "./routes/subscriptions.ts";
import { matchTopicRoute, topicsRoute } from "./routes/topics.ts";
import { type WaitingDeps, waitingRoutes } from "./routes/waiting.ts";
import { type ExplainDeps, explainRoute } from "./routes/why/explain.ts";
import { type ReportDeps, reportRoute } from "./routes/why/report.ts";
import { type WorldDeps, worldRoutes } from "./routes/worlds.ts";

/** What control routes look at and act upon. */
export interface ControlDeps
  extends ClockDeps,
    EventsDeps,
    ExplainDeps,
    FaultDeps,
    HealthDeps,
    HistoryDeps,
    LookingDeps<Looking>,
    OpenApiDeps,
    ProvisioningDeps,
    ReportDeps,
    StandardDeps,
    WaitingDeps,
    WorldDeps {
  readonly reset: Reset;
  /** Whether routes that would concern every account are refused. */
  readonly requireAccount: boolean;
}

/** The emulator's own routes for health checks, for tests that want a clean slate or another time, and for a look inside. */
const FIRST_ROUTES = [
  healthRoute,
  resetRoute,
  ...provisioningRoutes,
  ...worldRoutes,
  ...clockRoutes,
  ...clockDueRoutes,
  accountsRoute,
  queuesRoute,
  queueMessagesRoute,
  deadLettersRoute,
  topicsRoute,
  subscriptionsRoute,
  matchTopicRoute,
  streamsRoute,
  recordsRoute,
  consumersRoute,
  functionsRoute,
  mappingsRoute,
];
const LAST_ROUTES = [
  ...faultRoutes,
  ...historyRoutes,
  eventsRoute,
  explainRoute,
  reportRoute,
  ...waitingRoutes,
  openApiRoute,
];

/** A route that is always there, with the types of its inputs and its answer. */
export type OwnRoute = (typeof FIRST_ROUTES | typeof LAST_ROUTES)[number];

/** The emulator's own routes, and those of the modules that are served in between. */
export function controlRoutesWith<Route extends DescribedRoute>(
  ofModules: readonly Route[],
): readonly (Route | ControlRoute<ControlDeps>)[] {
  return [...FIRST_ROUTES, ...ofModules, ...LAST_ROUTES];
}
