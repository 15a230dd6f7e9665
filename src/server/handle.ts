import { AwsError } from "../kernel/aws-error.ts";
import { Deferred } from "../kernel/event/deferred.ts";
import type { Standstill } from "../kernel/event/standstill.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Scope } from "../kernel/scope.ts";
import type { Contract, ServiceModel } from "../model/contract.ts";
import { InternalFailure } from "../protocol/errors.ts";
import { refuseExcess, refuseLongDocument, type WireRequest, type WireResponse } from "../protocol/protocol.ts";
import type { LateOperation, Operation, ServedService } from "../service/service.ts";
import { aside, foreign, refused, unrecognised } from "./aside.ts";
import { type HangUp, RequestCall } from "./call.ts";
import type { Answer, Exchange, Handler, Kept } from "./exchange.ts";
import { createExtendedIds, withExtendedId } from "./extended-ids.ts";
import { isWhole } from "./http/reply.ts";
import type { Interceptors } from "./intercept.ts";
import type { Logger } from "./log.ts";
import { pageRefusal } from "./page-refusal.ts";
import { resourceOf } from "./request-line.ts";
import { createPlaceReader, type ScopeDefaults } from "./route/addressing.ts";
import { createRouter } from "./route/route.ts";
import type { NamedRoute, OperationRoute } from "./route/route-kinds.ts";

interface HandlerDeps {
  readonly services: readonly ServedService[];
  /** Whom a request belongs to when it does not say. */
  readonly defaults: ScopeDefaults;
  readonly ids: Ids;
  /** Hears of answers that became an internal failure. Their causes never go on the wire. */
  readonly log: Logger;
  /** Answers who calls at the front door. */
  readonly about: (request: WireRequest) => WireResponse;
  /** The name this server goes by, which no stranger has. */
  readonly host: string;
  /** Who has a say between route and operation. */
  readonly interceptors: Interceptors;
  /** What no answer leaves before, since it would tell of what may be lost. Answers wait for nothing unless given. */
  readonly kept?: Kept | undefined;
  /** What operations wait for before they begin; nothing unless given. */
  readonly standstill?: Standstill | undefined;
  /** Hears of each request that waits for something to come or for time to pass, as long polls do. */
  readonly waits?: ((waiting: Exchange) => void) | undefined;
}

/** Builds the pipeline: route, decode, invoke, encode. */
export function createHandler(deps: HandlerDeps): Handler {
  const { services, defaults, ids, log, about, host, interceptors, kept, standstill, waits } = deps;
  const served = services.map(({ model }) => model.title);
  const routeOf = createRouter(services);
  const placeOf = createPlaceReader(services, defaults);
  const extendedId = createExtendedIds(ids);
  const shared = { log, extendedId, interceptors, kept, waits };
  const told = (exchange: Exchange): Exchange => {
    interceptors.tellRefused(exchange);
    return exchange;
  };
  return (request, origin) => {
    const requestId = ids.uuid();
    const route = routeOf(request);
    const place = placeOf(request);
    const { scope } = place;
    if (route.kind === "about") return aside({ requestId, scope, response: about(request) });
    if (route.kind === "foreign") return told(foreign(route, { requestId, scope, served, path: request.path }));
    if (route.kind === "unrecognised") return told(unrecognised(request, { requestId, scope }));
    if (route.kind === "refused") return told(refused(route, { requestId, scope, extendedId }));
    const dialect = route.protocol.name === "awsQuery" ? "query" : "json";
    const call = new RequestCall(request, { requestId, place, dialect, origin, standstill });
    const error = route.service.model.runsCode === true ? pageRefusal(request, host) : undefined;
    if (error === undefined) return new NamedExchange(route, call, shared);
    const { service, protocol, operationName } = route;
    return new NamedExchange({ kind: "failure", service, protocol, operationName, error }, call, shared);
  };
}

/** What all exchanges of a handler share. */
interface Shared {
  readonly log: Logger;
  /** Makes an id for `x-amz-id-2`. */
  readonly extendedId: () => string;
  readonly interceptors: Interceptors;
  readonly kept: Kept | undefined;
  readonly waits: HandlerDeps["waits"];
}

/** The exchange of a request that names a service: started, and perhaps already answered, when it is made. */
class NamedExchange implements Exchange {
  readonly #route: NamedRoute;
  readonly #call: RequestCall;
  readonly #shared: Shared;
  /** Kept for the log line, which is made in few cases. */
  input: unknown;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  isHeld = false;
  readonly response: Answer;

  constructor(route: NamedRoute, call: RequestCall, shared: Shared) {
    this.#route = route;
    this.#call = call;
    this.#shared = shared;
    this.response = route.kind === "failure" ? this.#fail(route.error) : this.#held(this.#answer(route));
  }

  get requestId(): string {
    return this.#call.requestId;
  }

  get service(): string {
    return this.#route.service.model.id;
  }

  get operation(): string | undefined {
    return this.#route.operationName;
  }

  get resource(): string | undefined {
    return resourceOf(this.#route.service.model, this.input, this.#call.path);
  }

  get scope(): Scope {
    return this.#call.scope;
  }

  get hangUp(): HangUp | undefined {
    return this.#call.hangUp;
  }

  abort(): void {
    this.#call.abort();
  }

  get mindsDelivery(): boolean {
    return this.#call.mindsDelivery;
  }

  undelivered(): void {
    this.#call.undelivered();
  }

  /** Answers at once what can be answered at once; only those who wait pay for a promise. */
  #answer({ operation }: OperationRoute): Answer {
    if (!("load" in operation)) return this.#run(operation);
    return operation.loaded === undefined ? this.#runOnceLoaded(operation) : this.#run(operation.loaded);
  }

  /** The answer, once all that it tells of is kept. */
  #held(response: Answer): Answer {
    if (this.#shared.kept === undefined) return response;
    if (response instanceof Promise || response instanceof Deferred)
      return response.then((late) => this.#onceKept(late));
    const held = this.#onceKept(response);
    this.isHeld = held instanceof Promise && isWhole(response.body);
    return held;
  }

  #onceKept(response: WireResponse): WireResponse | Promise<WireResponse> {
    const kept = this.#shared.kept?.();
    if (kept === undefined) return response;
    return kept.then(
      () => response,
      (cause: Error) => this.#fail(new InternalFailure(cause.message)),
    );
  }

  async #runOnceLoaded(late: LateOperation): Promise<WireResponse> {
    this.#call.request.retain();
    try {
      return await this.#run(await late.load());
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  #run(operation: Operation): Answer {
    const { service, protocol } = this.#route;
    try {
      refuseExcess(service.model, this.#call.request);
      if (protocol.name !== "awsQuery") refuseLongDocument(service.model, operation, this.#call.request);
      const input = protocol.decode(operation, this.#call.request);
      this.input = input;
      const output = this.#invoke(operation, input);
      if (output instanceof Promise) return this.#answerLater(operation, output);
      if (output instanceof Deferred) return this.#answerDeferred(operation, output);
      return this.#encode(operation, output);
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  /** Has those asked who have a say, if anybody has. */
  #invoke(operation: Operation, input: unknown): unknown {
    const { interceptors } = this.#shared;
    if (interceptors.chain.length === 0) return this.#call.run(operation, input);
    return interceptors.run(this.#route.service.model, operation, this.#call, input);
  }

  async #answerLater(contract: Contract, output: Promise<unknown>): Promise<WireResponse> {
    this.#call.request.retain();
    if (this.#call.waits) this.#shared.waits?.(this);
    try {
      return this.#encode(contract, await output);
    } catch (cause) {
      return this.#fail(cause);
    }
  }

  #answerDeferred(contract: Contract, output: Deferred<unknown>): Deferred<WireResponse> {
    this.#call.request.retain();
    if (this.#call.waits) this.#shared.waits?.(this);
    return output.map(
      (there) => this.#encode(contract, there),
      (cause) => this.#fail(cause),
    );
  }

  #encode(contract: Contract, output: unknown): WireResponse {
    const { service, protocol } = this.#route;
    if (this.#call.hangUp === "unanswered") return UNANSWERED;
    if (contract.events !== undefined) this.#call.request.retain();
    return this.#sign(protocol.encode(service.model, contract, output, this.requestId));
  }

  #fail(cause: unknown): WireResponse {
    const { service, protocol, operationName: operation } = this.#route;
    const error = cause instanceof AwsError ? cause : internalFailure(service.model);
    this.errorCode = error.shape;
    this.errorMessage = error.message;
    if (error !== cause) {
      const fields = { requestId: this.requestId, service: service.model.id, operation, err: cause };
      this.#shared.log.log("error", fields, "internal failure");
    }
    if (this.input === undefined) this.#shared.interceptors.tellRefused(this);
    return this.#sign(protocol.encodeError(service.model, error, this.requestId));
  }

  /** Adds the second id where there is one. */
  #sign(response: WireResponse): WireResponse {
    if (!this.#route.service.model.hasExtendedRequestId) return response;
    return withExtendedId(response, this.#shared.extendedId());
  }
}

/** What stands in the place of an answer that nobody gets. */
const UNANSWERED: WireResponse = { status: 0, headers: {}, body: "" };

/** AWS: the services behind the strict front end have no words for it. */
function internalFailure({ frontEnd }: ServiceModel): AwsError {
  return frontEnd === "strict" ? new InternalFailure("") : new InternalFailure();
}
