import type { ControlRoute } from "../../server/control/contract.ts";
import type { DescribedRoute } from "../../server/control/openapi.ts";
import { deliveriesRoute, type ReadDeliveries } from "../../server/control/routes/deliveries.ts";
import { functionEventsRoute, type ReadFunctionEvents } from "../../server/control/routes/function/function-events.ts";
import { type OptOut, optOutsRoute } from "../../server/control/routes/opt-outs.ts";
import { outboxRoute, type ReadOutbox } from "../../server/control/routes/outbox.ts";
import { type ReadStreamQueues, streamQueuesRoute } from "../../server/control/routes/stream-queues.ts";
import { invocationsRoute, type ReadInvocations } from "../../server/control/routes/why/invocations.ts";
import { controlRoutesWith } from "../../server/control/routes.ts";
import { type PutAnswer, stackCallbackRoute } from "../../server/control/stack-callbacks.ts";

/** What the control routes of SNS look at and act upon. */
export interface SnsControl {
  readonly readOutbox: ReadOutbox;
  readonly readDeliveries: ReadDeliveries;
  readonly optOut: OptOut;
}

/** What the control routes of Kinesis look at. */
interface KinesisControl {
  readonly readStreamQueues: ReadStreamQueues;
}

/** What the control routes of Lambda look at. */
interface LambdaControl {
  readonly readInvocations: ReadInvocations;
  readonly readFunctionEvents: ReadFunctionEvents;
}

/** What the control routes of CloudFormation act upon. */
interface CloudFormationControl {
  readonly putAnswer: PutAnswer;
}

/** The contracts of the modules' control routes, which can be listed without a module being built. */

export const snsRoutes: readonly ControlRoute<SnsControl>[] = [outboxRoute, deliveriesRoute, optOutsRoute];
export const kinesisRoutes: readonly ControlRoute<KinesisControl>[] = [streamQueuesRoute];
export const lambdaRoutes: readonly ControlRoute<LambdaControl>[] = [invocationsRoute, functionEventsRoute];
export const cloudFormationRoutes: readonly ControlRoute<CloudFormationControl>[] = [stackCallbackRoute];

/** Every control route of a server that serves the usual: help and documents follow from it. */
export const controlRoutes: readonly DescribedRoute[] = controlRoutesWith<DescribedRoute>([
  ...snsRoutes,
  ...kinesisRoutes,
  ...lambdaRoutes,
  ...cloudFormationRoutes,
]);
