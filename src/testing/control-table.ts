import type { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import type { deliveriesRoute } from "../server/control/routes/deliveries.ts";
import type { functionEventsRoute } from "../server/control/routes/function/function-events.ts";
import type { optOutsRoute } from "../server/control/routes/opt-outs.ts";
import type { outboxRoute } from "../server/control/routes/outbox.ts";
import type { streamQueuesRoute } from "../server/control/routes/stream-queues.ts";
import type { invocationsRoute } from "../server/control/routes/why/invocations.ts";
import type { OwnRoute } from "../server/control/routes.ts";

type Route =
  | OwnRoute
  | typeof outboxRoute
  | typeof deliveriesRoute
  | typeof optOutsRoute
  | typeof streamQueuesRoute
  | typeof invocationsRoute
  | typeof functionEventsRoute;

/** What is known of a route in types. */
interface Known<Method, Path> {
  readonly method: Method;
  readonly path: Path;
}

type RouteAt<Method, Path extends string> = Extract<Route, Known<Method, `${typeof CONTROL_PREFIX}${Path}`>>;

type TypesOf<R> = R extends { readonly types?: infer Types } ? NonNullable<Types> : never;

export type ControlMethod = Route["method"];

/** A path below the prefix of control routes, such as `queues/messages`. */
export type ControlPath<Method extends ControlMethod> = Extract<
  Route,
  { readonly method: Method }
>["path"] extends infer Path
  ? Path extends `${typeof CONTROL_PREFIX}${infer Rest}`
    ? Rest
    : never
  : never;

/** What a route takes. */
export type InputsAt<Method, Path extends string> =
  TypesOf<RouteAt<Method, Path>> extends { readonly inputs: infer I } ? I : never;

/** What it answers. */
export type AnswerAt<Method, Path extends string> =
  TypesOf<RouteAt<Method, Path>> extends { readonly answer: infer A } ? A : never;
