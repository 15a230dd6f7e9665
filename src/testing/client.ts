import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import type { AnswerAt, ControlMethod, ControlPath, InputsAt } from "./control-table.ts";
import { refuseStrangers } from "./options.ts";
import { WaystationError } from "./waystation-error.ts";

/** A request for a control route. */
interface ControlRequest {
  readonly method: ControlMethod;
  /** Below the prefix of control routes. */
  readonly path: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal | undefined;
}

/**
 * A request as HTTP carries it: what it asks for is in the query string of GET, which has no body, and in the body of all others, but for
 * the document of a snapshot: that is the body, and the rest is in the query string.
 */
export function written({ method, path, inputs }: ControlRequest) {
  const url = `${CONTROL_PREFIX}${path}`;
  const { document, ...others } = inputs;
  if (method === "GET") return { method, url: withQuery(url, inputs), body: undefined };
  if (isSnapshot(document)) return { method, url: withQuery(url, others), body: document };
  return { method, url, body: JSON.stringify(inputs) };
}

function withQuery(url: string, inputs: ControlRequest["inputs"]): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(inputs)) query.append(name, String(value));
  return query.size === 0 ? url : `${url}?${query}`;
}

/** A snapshot can be long, and is read as it stands. */
function isSnapshot(document: unknown): document is string {
  return typeof document === "string" && document.startsWith('{"waystation"');
}

/** What came back. */
interface ControlReply {
  readonly status: number;
  readonly isJson: boolean;
  readonly text: string;
}

/** Carries requests to an emulator, which may be in this process. */
export type Transport = (request: ControlRequest) => Promise<ControlReply>;

/** What can be said with every question. */
export interface CallOptions {
  /** Ends the wait for the answer. */
  readonly signal?: AbortSignal | undefined;
}

type Given<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Asks control routes, with the types of their contracts. */
export class Client {
  /** What is said to every route that takes an account. */
  readonly scope: { readonly account?: string };
  readonly #transport: Transport;

  constructor(transport: Transport, account: string | undefined) {
    this.#transport = transport;
    this.scope = account === undefined ? {} : { account };
  }

  /** The same emulator, of which an account alone is meant. */
  of(account: string): Client {
    return new Client(this.#transport, account);
  }

  /** Throws WaystationError with the sentence that the route says. */
  async call<const M extends ControlMethod, const P extends ControlPath<M>>(
    method: M,
    path: P,
    inputs: Given<InputsAt<M, P>>,
    options: CallOptions = {},
  ): Promise<AnswerAt<M, P>> {
    refuseStrangers(options, ["signal"]);
    const { signal } = options;
    signal?.throwIfAborted();
    const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
    const request = { method, path, inputs: Object.fromEntries(given), signal };
    const reply = await this.#transport(request).catch((cause: unknown) => {
      signal?.throwIfAborted(); // with its own reason, whatever the transport makes of it
      throw cause;
    });
    const answer: unknown = reply.isJson ? JSON.parse(reply.text) : reply.text === "" ? undefined : reply.text;
    if (reply.status >= 400) throw errorOf(reply, answer);
    return answer as AnswerAt<M, P>; // as the schema of the route has it
  }

  /** All items of a listing, page by page, or the first so many. Throws WaystationError also where nothing was recorded. */
  async list<P extends ControlPath<"GET">, K extends keyof AnswerAt<"GET", P>>(
    [path, member]: readonly [P, K],
    { limit = Number.POSITIVE_INFINITY, ...inputs }: ListInputs<P>,
    options?: CallOptions,
  ): Promise<AnswerAt<"GET", P>[K]> {
    const items: unknown[] = [];
    let next: string | undefined;
    do {
      const wanted = { ...inputs, limit: Math.min(limit - items.length, LARGEST_PAGE), next };
      const answer = await this.call<"GET", P>("GET", path, wanted as unknown as Given<InputsAt<"GET", P>>, options);
      const page = answer as Page;
      if (page.isRecording === false) throw new WaystationError(409, page.note ?? "Nothing is recorded.");
      for (const item of answer[member] as readonly unknown[]) items.push(item);
      next = page.next;
    } while (next !== undefined && items.length < limit);
    return items as AnswerAt<"GET", P>[K];
  }
}

/** How many items a page has at most, which is asked for unless a test wants fewer. */
const LARGEST_PAGE = 1000;

/** What a listing is asked for with. */
export type ListInputs<P extends ControlPath<"GET">> = Omit<Given<InputsAt<"GET", P>>, "limit" | "next"> & {
  /** How many items there are to be at most; all of them unless given. */
  readonly limit?: number;
};

interface Page {
  readonly next?: string;
  readonly isRecording?: boolean;
  readonly note?: string;
}

function errorOf({ status, text }: ControlReply, answer: unknown): WaystationError {
  const isObject = typeof answer === "object" && answer !== null;
  const { message, ...details } = (isObject ? answer : {}) as { readonly message?: unknown };
  return new WaystationError(status, typeof message === "string" ? message : `${status} ${text}`.trim(), details);
}
