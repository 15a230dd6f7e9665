import { Base64 } from "../kernel/base64.ts";
import { type AbortNotice, AbortSource } from "../kernel/event/abort-notice.ts";
import type { Standstill } from "../kernel/event/standstill.ts";
import { NotYet } from "../kernel/not-yet.ts";
import type { Scope } from "../kernel/scope.ts";
import { headerOf, type WireRequest } from "../protocol/protocol.ts";
import type { Call, Operation } from "../service/service.ts";
import type { CalledPlace } from "./route/addressing.ts";

/** Where a presigned URL has its signature. */
const SIGNATURE_IN_QUERY = "X-Amz-Signature=";

/** How a connection ends early: with nothing of an answer, or in the middle of it. */
export type HangUp = "unanswered" | "midway";

/** What a call consists of besides the request itself. */
interface CallDeps {
  readonly requestId: string;
  readonly place: CalledPlace;
  readonly dialect: Call["dialect"];
  readonly origin: string;
  readonly stackId?: string | undefined;
  /** What operations wait for before they begin; nothing unless given. */
  readonly standstill?: Standstill | undefined;
}

/** The call an operation sees, and the handle by which the listener tells it what became of the caller. */
export class RequestCall implements Call {
  readonly requestId: string;
  readonly scope: Scope;
  readonly namesRegion: boolean;
  readonly dialect: Call["dialect"];
  readonly origin: string;
  readonly stackId: string | undefined;
  readonly request: ReceivedRequest;
  hangUp: HangUp | undefined = undefined;
  readonly #standstill: Standstill | undefined;
  #source: AbortSource | undefined;
  #controller: AbortController | undefined;
  #isAborted = false;
  #isUndelivered = false;
  #rescues: (() => void)[] | undefined;

  constructor(request: ReceivedRequest, { requestId, place, dialect, origin, stackId, standstill }: CallDeps) {
    this.request = request;
    this.requestId = requestId;
    this.scope = place.scope;
    this.namesRegion = place.namesRegion;
    this.dialect = dialect;
    this.origin = origin;
    this.stackId = stackId;
    this.#standstill = standstill;
  }

  get path(): string {
    return this.request.path;
  }

  get isSigned(): boolean {
    return this.header("authorization") !== undefined || this.request.query.includes(SIGNATURE_IN_QUERY);
  }

  /** A copy of its own: messages keep it, and a piece of a request's head keeps all of the head. */
  get traceHeader(): string | undefined {
    const given = this.header("x-amzn-trace-id");
    return given ? Buffer.from(given).toString() : undefined;
  }

  get abortNotice(): AbortNotice {
    this.#source ??= new AbortSource(this.#isAborted);
    return this.#source;
  }

  /** Whether the operation waits in this process on behalf of the caller, or did. */
  get waits(): boolean {
    return this.#source !== undefined;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isAborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Whether a task was left for the case that the answer cannot be handed over. */
  get mindsDelivery(): boolean {
    return this.#rescues !== undefined;
  }

  header(name: string): string | undefined {
    return headerOf(this.request, name);
  }

  onUndelivered(task: () => void): void {
    if (this.#isUndelivered) task();
    else if (this.#rescues === undefined) this.#rescues = [task];
    else this.#rescues.push(task);
  }

  /** What the operation answers, a promise or deferred if it waits. What cannot be answered yet is asked again once it can, as if it came then. */
  run(operation: Operation, input: unknown): unknown {
    if (this.#standstill?.isOn === true) return this.#runAfter(this.#standstill.passed(), operation, input);
    try {
      return operation.run(this, input);
    } catch (cause) {
      if (cause instanceof NotYet) return this.#runAfter(cause.isDone, operation, input);
      throw cause;
    }
  }

  /** Whoever waits on behalf of the caller stops waiting. */
  abort(): void {
    this.#isAborted = true;
    this.#source?.abort();
    this.#controller?.abort();
  }

  /** Runs each task that was left for this case, once. */
  undelivered(): void {
    const rescues = this.#rescues ?? [];
    this.#isUndelivered = true;
    this.#rescues = undefined;
    for (const rescue of rescues) rescue();
  }

  async #runAfter(isDone: Promise<void> | undefined, operation: Operation, input: unknown): Promise<unknown> {
    this.request.retain();
    keepBlobs(input);
    await isDone;
    return this.run(operation, input);
  }
}

/** A request whose body lies in memory that is used again: it is there until the handler returns. Whoever waits or keeps calls `retain`. */
export class ReceivedRequest implements WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: WireRequest["headers"];
  #body: Buffer;
  #isRetained = false;

  constructor({ method, path, query, headers, body }: WireRequest) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.#body = body;
  }

  get body(): Buffer {
    return this.#body;
  }

  /** Copies the body, once, into memory of its own. */
  retain(): void {
    if (this.#isRetained) return;
    this.#isRetained = true;
    this.#body = Buffer.from(this.#body);
  }
}

/** Puts a copy in the place of each blob. What holds them stays as it is: a list that was cut short is known by its identity. */
export function keepBlobs(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || value instanceof Base64) return;
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member instanceof Uint8Array) members[name] = new Uint8Array(member);
    else if (member instanceof Base64) members[name] = member.copy();
    else keepBlobs(member);
  }
}
