import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { lazily } from "../../kernel/lazily.ts";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import type { Logger } from "../log.ts";

/** Whether a path belongs to the console. */
export function isConsolePath(path: string): boolean {
  return path.startsWith(CONSOLE_PREFIX);
}

/** Parts the requests between AWS's side and the console, which is opened with the first request for it, or the next if that fails. */
export function createDispatch(
  aws: RequestListener,
  openConsole: () => Promise<RequestListener>,
  log: Logger,
): RequestListener {
  const open = lazily(openConsole);
  return (request, response) => {
    if (!isConsolePath(request.url ?? "/")) return aws(request, response);
    open().then(
      (serve) => serve(request, response),
      (err) => {
        log.log("error", { err }, "control request not answered");
        apologise(response);
      },
    );
  };
}

function apologise(response: ServerResponse<IncomingMessage>): void {
  response.writeHead(500, { "Content-Length": 0 }).end();
}
