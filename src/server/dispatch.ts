import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/** Where the console is found; every other path belongs to AWS. */
export const CONSOLE_PREFIX = "/_waystation/";

/** Whether a path belongs to the console. */
export function isConsolePath(path: string): boolean {
  return path.startsWith(CONSOLE_PREFIX);
}

/** Parts the requests between AWS's side and the console, which is opened with the first request for it. */
export function createDispatch(aws: RequestListener, openConsole: () => Promise<RequestListener>): RequestListener {
  let opening: Promise<RequestListener> | undefined;
  return (request, response) => {
    if (!isConsolePath(request.url ?? "/")) return aws(request, response);
    opening ??= openConsole();
    void opening.then(
      (serve) => serve(request, response),
      () => apologise(response),
    );
  };
}

function apologise(response: ServerResponse<IncomingMessage>): void {
  response.writeHead(500, { "Content-Length": 0 }).end();
}
