import { seededIds } from "../../src/kernel/ids.ts";
import type { Contract, ServiceModel } from "../../src/model/contract.ts";
import type { WireRequest } from "../../src/protocol/protocol.ts";
import { ReceivedRequest } from "../../src/server/call.ts";
import type { Exchange, Handler, Kept } from "../../src/server/exchange.ts";
import { createHandler } from "../../src/server/handle.ts";
import { type Interceptor, Interceptors } from "../../src/server/intercept.ts";
import type { Logger } from "../../src/server/log.ts";
import type { Call, Operation, Service } from "../../src/service/service.ts";
import {
  kinesisContracts,
  kinesisModel,
  snsContracts,
  snsModel,
  sqsContracts,
  sqsModel,
} from "../protocol/contracts.ts";

export type Behaviour = (operation: string, input: unknown, call: Call) => unknown;

/** A service that does what the test says. */
export function aService(
  model: ServiceModel,
  contracts: ReadonlyMap<string, Contract>,
  invoke: Behaviour = () => ({}),
): Service {
  const entries = [...contracts].map(([name, contract]): readonly [string, Operation] => [
    name,
    { ...contract, run: (call, input) => invoke(name, input, call) },
  ]);
  return { model, operations: new Map(entries) };
}

export const sqs = (invoke?: Behaviour) => aService(sqsModel, sqsContracts, invoke);
export const sns = (invoke?: Behaviour) => aService(snsModel, snsContracts, invoke);
export const kinesis = (invoke?: Behaviour) => aService(kinesisModel, kinesisContracts, invoke);

/** A POST to `/` on localhost, unless said. */
export function aRequest({ body = "", ...parts }: Partial<Omit<WireRequest, "body">> & { body?: string }): WireRequest {
  return {
    method: "POST",
    path: "/",
    query: "",
    headers: { host: "localhost:4566" },
    ...parts,
    body: Buffer.from(body),
  };
}

/** A request in JSON 1.0 for an SQS operation, or for the target given in full. */
export function aJsonRequest(target: string, body = "{}", headers: WireRequest["headers"] = {}): WireRequest {
  const named = target.includes(".") ? target : `AmazonSQS.${target}`;
  return aRequest({
    body,
    headers: { "x-amz-target": named, "content-type": "application/x-amz-json-1.0", ...headers },
  });
}

/** A request in the Query format, its parameters in the body. */
export function aForm(parameters: Record<string, string>, headers: WireRequest["headers"] = {}): WireRequest {
  const type = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return aRequest({ body: new URLSearchParams(parameters).toString(), headers: { ...type, ...headers } });
}

/** The header of a request signed for the service. */
export function signedFor(service: string, region = "us-east-1", key = "AKIDEXAMPLE"): WireRequest["headers"] {
  const scope = `${key}/20250101/${region}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=0123abcd` };
}

const anAnswer = () => ({ status: 200, headers: {}, body: "about" });

export interface LogLine {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: string;
}

interface TestHandler {
  readonly handle: (request: WireRequest) => Exchange;
  readonly lines: readonly LogLine[];
}

/** A handler over the services, with the lines it logged. */
export function aHandler(...services: readonly Service[]): TestHandler {
  return anInterceptedHandler([], ...services);
}

/** The same with interceptors before the operations. */
export function anInterceptedHandler(intercepts: readonly Interceptor[], ...services: readonly Service[]): TestHandler {
  return builtHandler(services, intercepts);
}

/** The same whose answers leave once all that they tell of is kept. */
export function aKeepingHandler(kept: Kept, ...services: readonly Service[]): TestHandler {
  return builtHandler(services, [], kept);
}

function builtHandler(services: readonly Service[], intercepts: readonly Interceptor[], kept?: Kept): TestHandler {
  const lines: LogLine[] = [];
  const log: Logger = { isEnabled: () => true, log: (level, fields, text) => void lines.push({ level, fields, text }) };
  const defaults = { account: "000000000000", region: "us-east-1" };
  const interceptors = new Interceptors();
  for (const intercept of intercepts) interceptors.add(intercept);
  const ids = seededIds("test");
  const handler: Handler = createHandler({
    services,
    defaults,
    ids,
    log,
    about: anAnswer,
    host: "127.0.0.1",
    interceptors,
    kept,
  });
  return { handle: (request) => handler(new ReceivedRequest(request), "http://localhost:4566"), lines };
}
