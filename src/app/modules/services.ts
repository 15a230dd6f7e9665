import { EventLogs } from "../../kernel/event/event-logs.ts";
import { Pulse } from "../../kernel/event/pulse.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clocks } from "../../kernel/time/clocks.ts";
import { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Operate } from "../../provisioning/operate.ts";
import type { InlineHandler } from "../../runtime/runner.ts";
import type { Logger } from "../../server/log.ts";
import type { ServedService } from "../../service/service.ts";
import type { Config } from "../settings/settings.ts";
import type { FaultPorts, ModuleRoutes } from "./module.ts";
import { type Modules, messagingModules } from "./modules.ts";

/** What every service shares. */
interface ServiceDeps {
  readonly clocks: Clocks;
  readonly ids: Ids;
  readonly log: Logger;
  /** Runs operations of all of them; none can be run unless given. */
  readonly operate?: Operate;
  /** Handlers of functions that run in this process; none unless given. */
  readonly handlers?: ReadonlyMap<string, InlineHandler>;
  /** Where the emulator is found; nowhere unless given. */
  readonly origin?: () => string;
}

/** The services and the state behind them. */
interface Services {
  readonly list: readonly ServedService[];
  readonly control: Modules["control"];
  readonly inside: Modules["inside"];
  readonly certificateAt: Modules["certificateAt"];
  /** Loads the control routes of the modules. */
  readonly routes: ModuleRoutes;
  /** Everything that happens. */
  readonly logs: EventLogs;
  readonly faults: FaultPorts;
  /** Beats when something goes on that is no event. */
  readonly pulse: Pulse;
  /** Forgets everything, or everything of one account. */
  reset(account?: string): void;
  /** Ends whatever runs by itself. */
  close(): Promise<void>;
}

/** Builds every module on what all of them share. */
export function createServices(config: Config, deps: ServiceDeps, modulesOf = messagingModules): Services {
  const { clocks, ids, log, operate = nothing, handlers = new Map(), origin = () => "" } = deps;
  const sweeper = new Sweeper(clocks.base);
  const logs = new EventLogs();
  const faults: FaultPorts = {
    queues: { present: undefined },
    shards: { present: undefined },
    deliveries: { present: undefined },
    invocations: { present: undefined },
  };
  const pulse = new Pulse();
  const { list, control, inside, certificateAt } = modulesOf({
    config,
    clockOf: (account) => clocks.of(account),
    soon: (task) => clocks.soon(task),
    ids,
    log,
    logs,
    pulse,
    work: clocks.work,
    sweeper,
    faults,
    operate,
    handlers,
    origin: () => origin().replace(/^https:/, "http:"),
  });
  const receiversLast = list.toReversed(); // queues are where most of the others deliver to
  return {
    list: list.map(({ service }) => service),
    control,
    inside,
    certificateAt,
    routes: async () => (await Promise.all(list.map(async ({ routes }) => (await routes?.()) ?? []))).flat(),
    logs,
    faults,
    pulse,
    reset(account) {
      for (const { stores } of receiversLast) for (const store of stores) store.reset(account);
      sweeper.reset(account === undefined ? undefined : clocks.of(account));
    },
    async close() {
      const closing = receiversLast.map((module) => module.close?.());
      sweeper.reset();
      await Promise.all(closing);
    },
  };
}

function nothing(): never {
  throw new Error("operations of other services cannot be run here");
}
