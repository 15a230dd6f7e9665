import { Deferred } from "../kernel/event/deferred.ts";
import type { Contract, ServiceModel } from "../model/contract.ts";
import type { Call, Operation } from "../service/service.ts";
import { type HangUp, keepBlobs, type ReceivedRequest, type RequestCall } from "./call.ts";
import type { Exchange } from "./exchange.ts";

/** What an interceptor sees of a request: it has been routed and decoded, and its operation has not begun. */
export interface Interception {
  readonly service: ServiceModel;
  readonly operation: Contract;
  /** Of the types of the operation's shapes; the operation is still to check its constraints. */
  readonly input: unknown;
  readonly call: Call;
  readonly request: ReceivedRequest;
  /**
   * Copies body and blobs, once, into memory of their own. Whoever keeps them beyond its return calls it; for interceptors that
   * wait it has been called.
   */
  retain(): void;
  /**
   * Has the connection end early instead of carrying the answer. Whoever never asks `next` may return nothing then. For the
   * operation the answer has left: what it would have undone for a caller who is gone stays done.
   */
  hangUp(how: HangUp): void;
  /** How the connection is to end, as far as anybody has said. */
  readonly hungUp: HangUp | undefined;
}

/**
 * Has a say between route and operation. `next` runs whoever comes after it, the operation at last, on the input or on
 * another one that it is given, and yields the output or a promise of it, or throws. What the interceptor returns or throws is the answer: that of `next`, a changed one, or one of its own
 * without asking `next`. It waits by returning a promise, and stops waiting when `call.signal` aborts; otherwise all stays
 * synchronous.
 */
export type Interceptor = (interception: Interception, next: (input?: unknown) => unknown) => unknown;

/** A request that was refused before anybody could have a say in it: what it asks for is not known, or cannot be read. */
export type RefusedRequest = Pick<Exchange, "requestId" | "service" | "operation" | "resource" | "scope" | "errorCode">;

/** Hears of such a request, while it can be looked at. Never throws. */
type RefusalListener = (refused: RefusedRequest) => void;

/** Those who have a say in every request, the first added the first to be asked. They can come and go while requests are served. */
export class Interceptors {
  /** In the order in which they are asked. */
  chain: readonly { readonly intercept: Interceptor }[] = [];
  readonly #listeners = new Set<RefusalListener>();

  /**
   * Adds one behind the others, or in front of them, and returns what takes it away again. Requests that are under way keep
   * those they began with.
   */
  add(intercept: Interceptor, place: "front" | "back" = "back"): () => void {
    const entry = { intercept };
    this.chain = place === "back" ? [...this.chain, entry] : [entry, ...this.chain];
    return () => {
      this.chain = this.chain.filter((other) => other !== entry);
    };
  }

  /** Calls the listener for every request that comes to no operation, and returns what ends that. */
  listenToRefused(listener: RefusalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tellRefused(refused: RefusedRequest): void {
    for (const listener of this.#listeners) listener(refused);
  }

  /** Runs the operation through all of them. */
  run(service: ServiceModel, operation: Operation, call: RequestCall, input: unknown): unknown {
    const { chain } = this;
    const interception = new Intercepted(service, operation, call, input);
    const runOperation = (seen: Intercepted): unknown => {
      const answer = call.run(operation, seen.input);
      return answer instanceof Deferred ? Promise.resolve(answer) : answer;
    };
    const [only] = chain;
    if (only !== undefined && chain.length === 1) {
      const answer = only.intercept(interception, (changed) => runOperation(interception.with(changed)));
      if (answer instanceof Promise) interception.retain();
      return answer;
    }
    const runFrom = (place: number, seen: Intercepted): unknown => {
      const entry = chain[place];
      if (entry === undefined) return runOperation(seen);
      return entry.intercept(seen, (changed) => runFrom(place + 1, seen.with(changed)));
    };
    const answer = runFrom(0, interception);
    // Whoever waits has not asked `next` yet, or may look at the input again afterwards.
    if (answer instanceof Promise) interception.retain();
    return answer;
  }
}

class Intercepted implements Interception {
  readonly service: ServiceModel;
  readonly operation: Operation;
  readonly call: RequestCall;
  readonly input: unknown;
  #isRetained = false;

  constructor(service: ServiceModel, operation: Operation, call: RequestCall, input: unknown) {
    this.service = service;
    this.operation = operation;
    this.call = call;
    this.input = input;
  }

  get request(): ReceivedRequest {
    return this.call.request;
  }

  /** The same with another input, if there is one. */
  with(input: unknown): Intercepted {
    if (input === undefined || input === this.input) return this;
    const changed = new Intercepted(this.service, this.operation, this.call, input);
    if (this.#isRetained) changed.retain();
    return changed;
  }

  hangUp(how: HangUp): void {
    this.call.hangUp = how;
  }

  get hungUp(): HangUp | undefined {
    return this.call.hangUp;
  }

  retain(): void {
    if (this.#isRetained) return;
    this.#isRetained = true;
    this.request.retain();
    keepBlobs(this.input);
  }
}
