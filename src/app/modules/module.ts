import type { InvocationDisturbancePort } from "../../delivery/function/invocation-disturbance.ts";
import type { DisturbancePort } from "../../delivery/transport/disturbance.ts";
import type { DisorderPort } from "../../engine/queue/receive/disorder.ts";
import type { ShardThrottlePort } from "../../engine/stream/capacity/shard-throttle.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Pulse } from "../../kernel/event/pulse.ts";
import type { WorkUnderWay } from "../../kernel/event/work-under-way.ts";
import type { Ids } from "../../kernel/ids.ts";
import { lazily } from "../../kernel/load/late-package.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Soon } from "../../kernel/time/in-turns.ts";
import type { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Operate } from "../../provisioning/operate.ts";
import type { InlineHandler } from "../../runtime/runner.ts";
import { boundRoutes, type ControlRoute } from "../../server/control/contract.ts";
import type { Logger } from "../../server/log.ts";
import { lateService, type ServiceOutline } from "../../service/late-service.ts";
import type { ServedService, Service } from "../../service/service.ts";
import type { Config } from "../settings/settings.ts";

/** What every module is built with. */
export interface ModuleDeps {
  readonly config: Config;
  readonly clockOf: (account: string) => Clock;
  readonly soon: Soon;
  readonly ids: Ids;
  readonly log: Logger;
  /** What happens; each module takes the part of its service. */
  readonly logs: EventLogs;
  /** Beats when something goes on that is no event. */
  readonly pulse: Pulse;
  /** What takes none of its account's time, and is waited for before that moves on. */
  readonly work: WorkUnderWay;
  readonly sweeper: Sweeper;
  readonly faults: FaultPorts;
  /** Runs the operations of all modules. */
  readonly operate: Operate;
  /** Handlers of functions that run in this process, by name. */
  readonly handlers: ReadonlyMap<string, InlineHandler>;
  /** Where the emulator is found by processes that it starts: plain HTTP, which needs no trust. */
  readonly origin: () => string;
}

/** Where things go wrong on purpose. Nothing is there while nothing is to. */
export interface FaultPorts {
  readonly queues: DisorderPort;
  readonly shards: ShardThrottlePort;
  readonly deliveries: DisturbancePort;
  readonly invocations: InvocationDisturbancePort;
}

/** Something that remembers. */
export interface Store {
  /** Forgets everything, or everything of one account. */
  reset(account?: string): unknown;
}

/** Loads the control routes of a module. */
export type ModuleRoutes = () => Promise<readonly ControlRoute<unknown>[]>;

/** A service with what stands behind it. */
export interface Module<S extends ServedService = ServedService> {
  readonly service: S;
  readonly stores: readonly Store[];
  /** Loads the control routes of its own. */
  readonly routes?: ModuleRoutes;
  /** Ends whatever runs by itself. */
  close?(): void | Promise<void>;
}

/** What is known of a module before it is loaded. */
interface ModuleOutline<M> extends ServiceOutline {
  /** Its control routes, which load it when they are first asked. */
  readonly routes?: (loaded: () => Promise<M>) => ModuleRoutes;
}

/** A module that is loaded when it is first needed. Until then it costs nothing, and has nothing to forget or to end. */
export function lateModule<M extends Module<Service>>(
  { routes, ...outline }: ModuleOutline<M>,
  load: () => Promise<M>,
): Module {
  let module: M | undefined;
  const loaded = lazily(async () => {
    module = await load();
    return module;
  });
  const service = lateService(outline, async () => (await loaded()).service);
  const reset = (account?: string): void => module?.stores.forEach((store) => void store.reset(account));
  return { service, stores: [{ reset }], ...(routes && { routes: routes(loaded) }), close: () => module?.close?.() };
}

/** A module's control routes with what they look at, whose contracts are loaded when somebody first asks for one of the emulator's own. */
export function lateRoutes<Deps>(
  contractsIn: (contracts: typeof import("./module-routes.ts")) => readonly ControlRoute<Deps>[],
  deps: Deps,
): ModuleRoutes {
  return async () => boundRoutes(contractsIn(await import("./module-routes.ts")), deps);
}
