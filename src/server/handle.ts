import { AwsError } from "../kernel/aws-error.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Contract } from "../model/contract.ts";
import { InternalFailure, UnknownOperation } from "../protocol/errors.ts";
import type { WireRequest, WireResponse } from "../protocol/protocol.ts";
import type { Service } from "../service/service.ts";
import { RequestCall } from "./call.ts";
import type { Logger } from "./log.ts";
import { createRouter } from "./route.ts";
import type { NamedRoute, OperationRoute } from "./route-kinds.ts";
import { createScopeReader, type ScopeDefaults } from "./scope.ts";

/** One request on its way to an answer. The listener holds it until the answer has left, or cannot leave any more. */
export interface Exchange {
  readonly requestId: string;
  /** Id of the service, and the operation as the request spells it, as far as it names any; for the log line. */
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** Shape name of the error answered with; settled when the response is. */
  readonly errorCode: string | undefined;
  /** The answer, or a promise of it that never rejects. */
  readonly response: WireResponse | Promise<WireResponse>;
  /** To be called when the caller hangs up or the server closes: whoever waits on behalf of the caller stops waiting. */
  abort(): void;
  /** To be called when the answer could not be handed over: what the operation wanted done in that case is done. */
  undelivered(): void;
}

/** Answers one request. `origin` is the scheme and authority the caller used: `http://localhost:4566`. Never throws. */
export type Handler = (request: WireRequest, origin: string) => Exchange;

export interface HandlerParts {
  readonly services: readonly Service[];
  /** Whom a request belongs to when it does not say. */
  readonly defaults: ScopeDefaults;
  readonly ids: Ids;
  /** Hears of answers that became an internal failure. Their causes never go on the wire. */
  readonly log: Logger;
}

/** Builds the pipeline: route, decode, invoke, encode. */
export function createHandler({ services, defaults, ids, log }: HandlerParts): Handler {
  const routeOf = createRouter(services);
  const scopeOf = createScopeReader(services, defaults);
  return (request, origin) => {
    const requestId = ids.uuid();
    const route = routeOf(request);
    if (route.kind === "unrecognised") return unrecognised(requestId);
    const dialect = route.protocol.name === "awsQuery" ? "query" : "json";
    const call = new RequestCall(request, { requestId, scope: scopeOf(request), dialect, origin });
    return new NamedExchange(route, call, log);
  };
}

/** The exchange of a request that names a service: started, and perhaps already answered, when it is made. */
class NamedExchange implements Exchange {
  readonly #route: NamedRoute;
  readonly #call: RequestCall;
  readonly #log: Logger;
  errorCode: string | undefined;
  readonly response: WireResponse | Promise<WireResponse>;

  constructor(route: NamedRoute, call: RequestCall, log: Logger) {
    this.#route = route;
    this.#call = call;
    this.#log = log;
    this.response = route.kind === "failure" ? this.#fail(route.error) : this.#answer(route);
  }

  get requestId(): string {
    return this.#call.requestId;
  }

  get service(): string {
    return this.#route.service.model.id;
  }

  get operation(): string | undefined {
    return this.#route.operation;
  }

  abort(): void {
    this.#call.abort();
  }

  undelivered(): void {
    this.#call.undelivered();
  }

  /** Answers at once what can be answered at once; only those who wait pay for a promise. */
  #answer({ service, protocol, contract }: OperationRoute): WireResponse | Promise<WireResponse> {
    try {
      const input = protocol.decode(contract, this.#call.request);
      const output = service.invoke(contract.name, input, this.#call);
      if (output instanceof Promise) return this.#answerLater(contract, output);
      return protocol.encode(service.model, contract, output, this.requestId);
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  async #answerLater(contract: Contract, output: Promise<unknown>): Promise<WireResponse> {
    const { service, protocol } = this.#route;
    try {
      return protocol.encode(service.model, contract, await output, this.requestId);
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  #fail(cause: unknown): WireResponse {
    const { service, protocol, operation } = this.#route;
    const error = cause instanceof AwsError ? cause : new InternalFailure();
    this.errorCode = error.shape;
    if (error !== cause) {
      const fields = { requestId: this.requestId, service: service.model.id, operation, err: cause };
      this.#log.log("error", fields, "internal failure");
    }
    return protocol.encodeError(service.model, error, this.requestId);
  }
}

/** What AWS's front ends answer when they cannot even tell whom a request is for. */
function unrecognised(requestId: string): Exchange {
  return {
    requestId,
    service: undefined,
    operation: undefined,
    errorCode: UnknownOperation.shape,
    response: {
      status: UnknownOperation.status,
      headers: { "x-amzn-RequestId": requestId },
      body: "<UnknownOperationException/>",
    },
    abort() {},
    undelivered() {},
  };
}
