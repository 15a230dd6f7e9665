import type { Deferred } from "../kernel/event/deferred.ts";
import { lendUntilReturn, poisonPassing, poisonReusedMemory } from "../kernel/memory/poison.ts";
import type { Scope } from "../kernel/scope.ts";
import type { WireResponse } from "../protocol/protocol.ts";
import type { HangUp, ReceivedRequest } from "./call.ts";

/** An answer, or one that is still to come, and comes without fail. */
export type Answer = WireResponse | Promise<WireResponse> | Deferred<WireResponse>;

/** One request on its way to an answer. The listener holds it until the answer has left, or cannot leave any more. */
export interface Exchange {
  readonly requestId: string;
  /** Id of the service, and the operation as the request spells it, as far as it names any; for the log line. */
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** What the request is about, worked out when asked for; for the log line. */
  readonly resource: string | undefined;
  /** What the operation got, as far as one did; for the log line. What lies in reused memory may have changed since. */
  readonly input: unknown;
  /** Account and region of the caller. */
  readonly scope: Scope | undefined;
  /** Shape name of the error answered with, and its text; settled when the response is. */
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  /** How the connection is to end instead of carrying the answer; settled when the response is. */
  readonly hangUp: HangUp | undefined;
  readonly response: Answer;
  /** Whether the answer is there, whole, and waits for nothing but that what it tells of is kept. */
  readonly isHeld: boolean;
  /** Whether something is to be done if the answer cannot be handed over. Settled when the response is. */
  readonly mindsDelivery: boolean;
  /** To be called when the caller hangs up or the server closes: whoever waits on behalf of the caller stops waiting. */
  abort(): void;
  /** To be called when the answer could not be handed over: what the operation wanted done in that case is done. */
  undelivered(): void;
}

/** Answers one request. `origin` is the scheme and authority the caller used: `http://localhost:4566`. Never throws. */
export type Handler = (request: ReceivedRequest, origin: string) => Exchange;

/**
 * A promise that all that has happened so far is kept, or undefined when it is. Rejects when it cannot be, with an error whose
 * message says why.
 */
export type Kept = () => Promise<void> | undefined;

/** The handler, behind which whatever was there until its return is overwritten. For tests; from then on in all of the process. */
export function withPoison(handler: Handler): Handler {
  poisonReusedMemory();
  return (request, origin) => {
    lendUntilReturn(request.body, request.body.length);
    try {
      return handler(request, origin);
    } finally {
      poisonPassing();
    }
  };
}
