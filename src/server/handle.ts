import { AwsError } from "../kernel/aws-error.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Contract, ServiceModel } from "../model/contract.ts";
import { InternalFailure, UnknownOperation } from "../protocol/errors.ts";
import { headerOf, type WireRequest, type WireResponse } from "../protocol/protocol.ts";
import type { Service } from "../service/service.ts";
import { RequestCall } from "./call.ts";
import { signingName } from "./credential.ts";
import { eventAnswer } from "./event-answer.ts";
import { createExtendedIds } from "./extended-ids.ts";
import type { Logger } from "./log.ts";
import { createRouter } from "./route.ts";
import type { NamedRoute, OperationRoute, RefusedRoute } from "./route-kinds.ts";
import { createPlaceReader, type ScopeDefaults } from "./scope.ts";

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
  const placeOf = createPlaceReader(services, defaults);
  const extendedId = createExtendedIds(ids);
  return (request, origin) => {
    const requestId = ids.uuid();
    const route = routeOf(request);
    if (route.kind === "unrecognised") return unrecognised(request, requestId);
    if (route.kind === "refused") return refused(route, requestId, extendedId);
    const dialect = route.protocol.name === "awsQuery" ? "query" : "json";
    const call = new RequestCall(request, { requestId, place: placeOf(request), dialect, origin });
    return new NamedExchange(route, call, { log, extendedId });
  };
}

/** What all exchanges of a handler share. */
interface Tools {
  readonly log: Logger;
  /** Makes an id for `x-amz-id-2`. */
  readonly extendedId: () => string;
}

/** The exchange of a request that names a service: started, and perhaps already answered, when it is made. */
class NamedExchange implements Exchange {
  readonly #route: NamedRoute;
  readonly #call: RequestCall;
  readonly #tools: Tools;
  errorCode: string | undefined;
  readonly response: WireResponse | Promise<WireResponse>;

  constructor(route: NamedRoute, call: RequestCall, tools: Tools) {
    this.#route = route;
    this.#call = call;
    this.#tools = tools;
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
      return this.#encode(contract, output);
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  async #answerLater(contract: Contract, output: Promise<unknown>): Promise<WireResponse> {
    try {
      return this.#encode(contract, await output);
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  #encode(contract: Contract, output: unknown): WireResponse {
    const { service, protocol } = this.#route;
    const { events } = contract;
    if (events !== undefined) return this.#sign(eventAnswer(events, output as AsyncIterable<object>, this.requestId));
    return this.#sign(protocol.encode(service.model, contract, output, this.requestId));
  }

  #fail(cause: unknown): WireResponse {
    const { service, protocol, operation } = this.#route;
    const error = cause instanceof AwsError ? cause : internalFailure(service.model);
    this.errorCode = error.shape;
    if (error !== cause) {
      const fields = { requestId: this.requestId, service: service.model.id, operation, err: cause };
      this.#tools.log.log("error", fields, "internal failure");
    }
    return this.#sign(protocol.encodeError(service.model, error, this.requestId));
  }

  /** Adds the second id where there is one. */
  #sign(response: WireResponse): WireResponse {
    if (!this.#route.service.model.hasExtendedRequestId) return response;
    return withExtendedId(response, this.#tools.extendedId());
  }
}

function withRequestId({ status, headers, body }: WireResponse, id: string): WireResponse {
  return { status, headers: { ...headers, "x-amzn-RequestId": id }, body };
}

function withExtendedId({ status, headers, body }: WireResponse, id: string): WireResponse {
  return { status, headers: { ...headers, "x-amz-id-2": id }, body };
}

/** AWS: the services of JSON 1.1 have no words for it. */
function internalFailure({ jsonVersion }: ServiceModel): AwsError {
  return jsonVersion === "1.1" ? new InternalFailure("") : new InternalFailure();
}

/** The exchange of a request that a front end has answered. */
function refused(
  { service, errorCode, response }: RefusedRoute,
  requestId: string,
  extendedId: () => string,
): Exchange {
  return {
    requestId,
    service: service.model.id,
    operation: undefined,
    errorCode,
    response: withExtendedId(withRequestId(response, requestId), extendedId()),
    abort() {},
    undelivered() {},
  };
}

/** What AWS's front ends answer when they cannot even tell whom a request is for. The log says as much as there is to know. */
function unrecognised(request: WireRequest, requestId: string): Exchange {
  return {
    requestId,
    service: signingName(request),
    operation: headerOf(request, "x-amz-target"),
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
