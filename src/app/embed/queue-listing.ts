import type { RequestListener } from "node:http";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { withQueueMessagesPath } from "../../server/control/drop-in/queue-messages.ts";
import { createHandler } from "../../server/handle.ts";
import { Endpoint } from "../../server/http/endpoint.ts";
import { Interceptors } from "../../server/intercept.ts";
import type { Logger } from "../../server/log.ts";
import { createMessageListing } from "../../service/sqs/message/list-messages.ts";
import type { Config } from "../settings/settings.ts";

interface QueueListingDeps {
  readonly config: Config;
  readonly queues: QueueDirectory;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Serves the messages of queues to whoever only looks: as SQS would, but that nobody has a say in it, so that no fault disturbs it. */
export function queueListing({ config, queues, clock, ids, log }: QueueListingDeps): RequestListener {
  const handler = createHandler({
    services: [createMessageListing({ directory: queues, ids })],
    defaults: config,
    ids,
    log,
    about: () => ({ status: 404, headers: {}, body: "" }), // every request that comes here says an action
    host: config.host,
    interceptors: new Interceptors(),
  });
  const endpoint = new Endpoint({
    handler: withQueueMessagesPath(handler),
    clock,
    ids,
    log,
    maxBodyBytes: config.maxBodyBytes,
  });
  return (request, response) => endpoint.serve(request, response);
}
