import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Standstill } from "../../../kernel/event/standstill.ts";
import { isOtherOwnPath } from "../../../kernel/own-traffic.ts";
import type { Logger } from "../../log.ts";
import { refusalOf, senderOf } from "../guard.ts";
import { isQueueMessagesPath, QUEUE_MESSAGES } from "./queue-messages.ts";
import { dropMessages, type OutboxDeps, PUSH_NOTIFICATIONS, shownMessages, TEXT_MESSAGES } from "./sent-messages.ts";

/** Where the scripts stand that run at the start and at the end, by stages in capital letters. */
interface InitState {
  readonly completed: Readonly<Record<string, boolean>>;
  readonly scripts: readonly { readonly stage: string; readonly name: string; readonly state: string }[];
}

/** What the paths of other emulators look at and act upon. */
export interface DropInDeps extends OutboxDeps {
  readonly version: string;
  readonly services: readonly string[];
  readonly host: string;
  readonly requireAccount: boolean;
  /** Whether what is declared is still being made. Scripts that go after it may wait for this to be over. */
  readonly isStarting: () => boolean;
  /** What is waited for before anything is looked at, or changed. */
  readonly standstill?: Standstill | undefined;
  readonly initState: () => InitState;
  readonly reset: (account?: string) => void;
  /** The token with which a subscription can be confirmed, or undefined when there is no such subscription. */
  readonly tokenOf: (subscriptionArn: string) => string | undefined;
  /** Answers who asks for the messages of a queue; loaded with the first who does. */
  readonly queueMessages: () => Promise<RequestListener>;
  /** Hears of paths that there are not. */
  readonly log: Logger;
}

/** What is answered: a status, and what JSON says; nothing with 204. */
interface Answer {
  readonly status: number;
  readonly value?: unknown;
}

type Query = URLSearchParams;
type Answering = (deps: DropInDeps, query: Query, rest: string) => Answer | Promise<Answer>;

/** By method and path; a path that ends with a slash takes what follows it. */
const ANSWERS: Readonly<Record<string, Answering>> = {
  "GET /_localstack/health": ({ services, isStarting, version }) =>
    ok({ ...serviceStates(services, isStarting()), edition: "community", version }),
  "GET /_localstack/info": ({ version }) => ok({ version, edition: "community", is_license_activated: false }),
  "GET /_localstack/init": ({ initState }) => ok(initState()),
  "GET /_localstack/init/": ({ initState }, _query, stage) => stageAnswer(initState(), stage.toUpperCase()),
  "POST /_localstack/state/reset": (deps) => resetAnswer(deps, {}),
  "POST /moto-api/reset": (deps) => resetAnswer(deps, { status: "ok" }),
  "GET /_aws/sns/sms-messages": async (deps, query) => ok(await shownMessages(deps, query, TEXT_MESSAGES)),
  "DELETE /_aws/sns/sms-messages": (deps, query) => dropped(deps, query, TEXT_MESSAGES),
  "GET /_aws/sns/platform-endpoint-messages": async (deps, query) =>
    ok(await shownMessages(deps, query, PUSH_NOTIFICATIONS)),
  "DELETE /_aws/sns/platform-endpoint-messages": (deps, query) => dropped(deps, query, PUSH_NOTIFICATIONS),
  "GET /_aws/sns/subscription-tokens/": ({ tokenOf }, _query, arn) => {
    const token = tokenOf(arn);
    if (token === undefined) return { status: 404, value: { error: "The provided SubscriptionARN is not found" } };
    return ok({ subscription_token: token, subscription_arn: arn });
  },
};

/** Serves paths of LocalStack and moto that scripts and tests were written for, and says which there are; other paths are left to `rest`. */
export function withDropIn(deps: DropInDeps, rest: RequestListener): RequestListener {
  return (request, response) => {
    const { url = "/", method = "GET" } = request;
    if (!isOtherOwnPath(url)) return rest(request, response);
    const [path = "", search = ""] = url.split("?", 2);
    const found = answerAt(method === "HEAD" ? "GET" : method, path);
    const isListing = found === undefined && isQueueMessagesPath(path);
    if (found === undefined && !isListing && method === "OPTIONS") return rest(request, response);
    const refusal = refusalOf(senderOf(request), deps.host);
    if (refusal === undefined && isListing) return void serveQueueMessages(deps, request, response);
    request.resume();
    if (refusal !== undefined) return send(response, { status: 403, value: { message: refusal } });
    const answer = async () => {
      if (found === undefined) return absentAnswer(deps, method, path);
      await deps.standstill?.passed();
      return found.answering(deps, new URLSearchParams(search), found.rest);
    };
    answer().then(
      (answer) => send(response, answer),
      () => send(response, UNANSWERED),
    );
  };
}

async function serveQueueMessages(
  { queueMessages, standstill }: DropInDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const serve = await queueMessages();
    await standstill?.passed();
    serve(request, response);
  } catch {
    send(response, UNANSWERED);
  }
}

function answerAt(method: IncomingMessage["method"], path: string) {
  const answering = ANSWERS[`${method} ${path}`];
  if (answering !== undefined) return { answering, rest: "" };
  const slash = path.lastIndexOf("/") + 1;
  const below = ANSWERS[`${method} ${path.slice(0, slash)}`];
  return below && { answering: below, rest: decoded(path.slice(slash)) };
}

/** Says, to whoever asked and in the log, which method a path takes, or which paths there are. */
function absentAnswer({ log }: DropInDeps, method: string, path: string): Answer {
  const taken = ["GET", "POST", "DELETE"].filter((other) => answerAt(other, path) !== undefined);
  const paths = [...Object.keys(ANSWERS), `GET ${QUEUE_MESSAGES}`];
  const message =
    taken.length > 0
      ? `${path} takes ${taken.join(" and ")}, not ${method}.`
      : `There is no ${path} here. Of the routes of LocalStack and moto there are ${paths.join(", ")}; docs/localstack.md says what else there is.`;
  log.log("info", { method, path }, message);
  return { status: taken.length > 0 ? 405 : 404, value: { message } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status, value }: Answer): void {
  if (value === undefined) return void response.writeHead(status).end();
  const body = spaced(value);
  response
    .writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) })
    .end(body);
}

/** JSON with a space behind each colon and comma: scripts search the text for `"sqs": "running"` and `"completed": true`. */
function spaced(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
}

const UNANSWERED: Answer = { status: 500, value: { message: "The request was not answered." } };

function ok(value: unknown): Answer {
  return { status: 200, value };
}

/**
 * LocalStack says `available` of a service until it is first used, and `running` from then on. Scripts wait for the one or the other, so
 * both are in the text once there is nothing to wait for.
 */
export function serviceStates(services: readonly string[], isStarting: boolean) {
  const all = (state: string) => Object.fromEntries(services.map((id) => [id, state]));
  return isStarting ? { services: all("starting") } : { services: all("running"), availability: all("available") };
}

function stageAnswer({ completed, scripts }: InitState, stage: string): Answer {
  if (!Object.hasOwn(completed, stage)) return { status: 404, value: { error: `no such stage ${stage}` } };
  return ok({ completed: completed[stage], scripts: scripts.filter((script) => script.stage === stage) });
}

/** It concerns every account, which a server that many share refuses. */
function resetAnswer({ requireAccount, reset }: DropInDeps, value: unknown): Answer {
  const message =
    "This would concern every account, which this server refuses; POST /_waystation/reset?account= is about one.";
  if (requireAccount) return { status: 400, value: { message } };
  reset();
  return ok(value);
}

function dropped(deps: DropInDeps, query: Query, kind: Parameters<typeof dropMessages>[2]): Answer {
  dropMessages(deps, query, kind);
  return { status: 204 };
}
