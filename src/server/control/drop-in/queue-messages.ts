import { headerOf } from "../../../protocol/protocol.ts";
import { formOf, textOf } from "../../../protocol/query/form.ts";
import { ReceivedRequest } from "../../call.ts";
import type { Handler } from "../../exchange.ts";

/** The path itself; below it, region, account and name of a queue may stand. */
export const QUEUE_MESSAGES = "/_aws/sqs/messages";

/** Whether a path is LocalStack's for looking at the messages of a queue. */
export function isQueueMessagesPath(path: string): boolean {
  return path === QUEUE_MESSAGES || path.startsWith(`${QUEUE_MESSAGES}/`);
}

/**
 * Has a handler of ReceiveMessage answer what is asked for at `/_aws/sqs/messages` or `/_aws/sqs/messages/<region>/<account>/<queue>`: by
 * clients, and by whoever has a browser or curl and says no action.
 */
export function withQueueMessagesPath(handler: Handler): Handler {
  return (request, origin) => handler(asReceive(request), origin);
}

function asReceive({ method, path, query, headers, body }: ReceivedRequest): ReceivedRequest {
  const queue = path.slice(QUEUE_MESSAGES.length).replace(/\/$/, "");
  const parts = {
    method: method === "HEAD" ? "GET" : method,
    path: queue === "" ? "/" : `/queue${queue}`,
    headers,
    body,
  };
  const asked = new ReceivedRequest({ ...parts, query });
  if (headerOf(asked, "x-amz-target") !== undefined || actionIn(asked) !== undefined) return asked;
  return new ReceivedRequest({ ...parts, query: query === "" ? ACTION : `${query}&${ACTION}` });
}

const ACTION = "Action=ReceiveMessage";

/** Undefined also where what came is no form, which the handler is to say. */
function actionIn(request: ReceivedRequest): string | undefined {
  try {
    return textOf(formOf(request), "Action");
  } catch {
    return undefined;
  }
}
