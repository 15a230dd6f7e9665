import type { Ids } from "../../kernel/ids.ts";
import { lazily } from "../../kernel/load/late-package.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { OpenControlDeps } from "../../server/control/control.ts";
import type { DropInDeps } from "../../server/control/drop-in/drop-in.ts";
import type { Logger } from "../../server/log.ts";
import type { createServices } from "../modules/services.ts";
import type { Provisioning } from "../provisioning/provisioning.ts";
import type { Config } from "../settings/settings.ts";

interface Sources extends Pick<ReturnType<typeof createServices>, "routes" | "inside"> {
  readonly provisioning: Provisioning;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** What the paths of other emulators are given: what our own routes have. */
export function dropInDeps(control: OpenControlDeps, config: Config, sources: Sources): DropInDeps {
  const { routes, inside, provisioning, clock, ids, log } = sources;
  const openOutbox = lazily(async () => {
    const { outboxRoute } = await import("../../server/control/routes/outbox.ts");
    return (await routes()).find(({ path }) => path === outboxRoute.path);
  });
  return {
    version: control.version,
    services: control.services,
    host: control.host,
    log,
    requireAccount: control.requireAccount,
    isStarting: () => provisioning.isDeclaring,
    standstill: control.standstill,
    initState: () => provisioning.initState,
    defaults: control.standard,
    reset: control.reset,
    outbox: async (query) => {
      const answer = await (await openOutbox())?.handle({}, query, new AbortController().signal);
      const { messages = [] } = (answer ?? {}) as { readonly messages?: Awaited<ReturnType<DropInDeps["outbox"]>> };
      return messages;
    },
    dropFromOutbox: ({ account, ...meant }) =>
      inside.kept.outboxStore.drop(account, { at: control.clockOf(account).now(), ...meant }),
    queueMessages: lazily(async () => {
      const { queueListing } = await import("./queue-listing.ts");
      return queueListing({ config, queues: inside.queues, clock, ids, log });
    }),
    tokenOf: (arn) => inside.topics.subscription(arn)?.subscription.token,
  };
}
