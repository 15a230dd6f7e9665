import type { DisturbancePort } from "../../delivery/transport/disturbance.ts";
import type { DisorderPort } from "../../engine/queue/receive/disorder.ts";
import type { ShardThrottlePort } from "../../engine/stream/capacity/shard-throttle.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Logger } from "../../server/log.ts";
import { lateService, type ServiceOutline } from "../../service/late-service.ts";
import type { ServedService, Service } from "../../service/service.ts";
import type { Config } from "../settings/settings.ts";

/** What every module is built with. */
export interface ModuleDeps {
  readonly config: Config;
  readonly clockOf: (account: string) => Clock;
  /** Runs a task in a later turn of the event loop. */
  readonly soon: (task: () => void) => void;
  readonly ids: Ids;
  readonly log: Logger;
  /** What happens; each module takes the part of its service. */
  readonly logs: EventLogs;
  readonly sweeper: Sweeper;
  readonly faults: FaultPorts;
}

/** Where things go wrong on purpose. Nothing is there while nothing is to. */
export interface FaultPorts {
  readonly queues: DisorderPort;
  readonly shards: ShardThrottlePort;
  readonly deliveries: DisturbancePort;
}

/** Something that remembers. */
interface Store {
  /** Forgets everything, or everything of one account. */
  reset(account?: string): unknown;
}

/** A service with what stands behind it. */
export interface Module<S extends ServedService = ServedService> {
  readonly service: S;
  readonly stores: readonly Store[];
  /** Ends whatever runs by itself. */
  close?(): void | Promise<void>;
}

/** A module that is loaded for the first call of its service. Until then it costs nothing, and has nothing to forget or to end. */
export function lateModule(outline: ServiceOutline, load: () => Promise<Module<Service>>): Module {
  let loaded: Module<Service> | undefined;
  const service = lateService(outline, async () => {
    loaded = await load();
    return loaded.service;
  });
  const reset = (account?: string): void => loaded?.stores.forEach((store) => void store.reset(account));
  return { service, stores: [{ reset }], close: () => loaded?.close?.() };
}
