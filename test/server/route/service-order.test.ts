import { describe, expect, test } from "vitest";
import type { ServiceModel } from "../../../src/model/contract.ts";
import { structure } from "../../../src/model/shape.ts";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { createRouter } from "../../../src/server/route/route.ts";
import type { Service } from "../../../src/service/service.ts";
import { aForm, aJsonRequest, aRequest, aService, kinesis, signedFor, sns, sqs } from "../services.ts";

/** A service with the operations, each found at `/name` where that matters. */
function having(model: Omit<ServiceModel, "title" | "apiVersion">, ...names: readonly string[]): Service {
  const contracts = names.map((name) => ({
    name,
    http: { method: "GET", path: `/${name.toLowerCase()}` } as const,
    input: structure({}),
    errors: [],
  }));
  const operations = new Map(contracts.map((contract) => [contract.name, contract]));
  return aService({ title: model.id, apiVersion: "2000-01-01", ...model }, operations);
}

const plain = having({ id: "plain", protocols: ["awsJson1_1"], targetPrefix: "Plain" }, "Ask");
const both = having({ id: "both", protocols: ["awsJson1_1", "awsJson1_0", "awsCbor"], targetPrefix: "Both" }, "Ask");
const strict = having({ id: "a-strict", protocols: ["awsJson1_1"], frontEnd: "strict", targetPrefix: "Strict" }, "Ask");
const form = having({ id: "form", protocols: ["awsQuery"], xmlNamespace: "x" }, "AddPermission", "Ask");
const rest = having({ id: "rest", protocols: ["restJson1"] }, "Ask", "Tell");
const otherRest = having({ id: "a-rest", protocols: ["restJson1"] }, "Ask");

/** Where a request goes, in one line: service, format, operation, and the error if it fails. */
function destination(route: ReturnType<ReturnType<typeof createRouter>>): string {
  if (route.kind === "operation") return `${route.service.model.id} ${route.protocol.name} ${route.operation.name}`;
  if (route.kind === "failure") return `${route.service.model.id} ${route.protocol.name} ${route.error.shape}`;
  if (route.kind === "refused") return `${route.service.model.id} refuses ${route.errorCode}`;
  return route.kind === "foreign" ? `not ours: ${route.service.id}` : route.kind;
}

const json1_1 = { "content-type": "application/x-amz-json-1.1" };
const cbor = { "content-type": "application/x-amz-cbor-1.1" };
const get = (path: string, headers: WireRequest["headers"] = {}) => aRequest({ method: "GET", path, headers });
const bare = (headers: WireRequest["headers"]) => aRequest({ body: "{}", headers });

const requests: readonly (readonly [what: string, request: WireRequest, goesTo: string])[] = [
  ["a target", aJsonRequest("SendMessage"), "sqs awsJson1_0 SendMessage"],
  ["a target of JSON 1.1", aJsonRequest("Plain.Ask", "{}", json1_1), "plain awsJson1_1 Ask"],
  ["one in another version of JSON", aJsonRequest("Plain.Ask"), "plain awsJson1_1 Ask"],
  [
    "one in a format that the service has not",
    aJsonRequest("Plain.Ask", "{}", { ...cbor, ...signedFor("plain") }),
    "unrecognised",
  ],
  ["one of a service with both versions", aJsonRequest("Both.Ask"), "both awsJson1_0 Ask"],
  [
    "one that names no version",
    aJsonRequest("Both.Ask", "{}", { "content-type": "application/json" }),
    "both awsJson1_1 Ask",
  ],
  ["one in CBOR", aJsonRequest("Both.Ask", "", cbor), "both awsCbor Ask"],
  ["an unknown operation", aJsonRequest("Plain.Nonsense", "{}", json1_1), "plain awsJson1_1 UnknownOperationException"],
  [
    "an unknown target",
    aJsonRequest("Other.Ask", "{}", signedFor("plain")),
    "plain awsJson1_1 UnknownOperationException",
  ],
  [
    "a target of Kinesis, unsigned",
    aJsonRequest("Kinesis_20131202.PutRecord", "{}", json1_1),
    "kinesis awsJson1_1 MissingAuthenticationTokenException",
  ],
  [
    "a strict one, signed",
    aJsonRequest("Strict.Ask", "{}", { ...json1_1, ...signedFor("a-strict"), "x-amz-date": "x" }),
    "a-strict awsJson1_1 Ask",
  ],
  [
    "a strict one, unsigned",
    aJsonRequest("Strict.Ask", "{}", json1_1),
    "a-strict awsJson1_1 MissingAuthenticationTokenException",
  ],
  ["JSON 1.1 for nobody", bare(json1_1), "kinesis awsJson1_1 UnknownOperationException"],
  [
    "JSON 1.1 for somebody strict",
    bare({ ...json1_1, ...signedFor("a-strict") }),
    "a-strict awsJson1_1 UnknownOperationException",
  ],
  ["JSON 1.1 for somebody else", bare({ ...json1_1, ...signedFor("plain") }), "unrecognised"],
  ["an action that several have", aForm({ Action: "AddPermission" }), "sqs awsQuery AddPermission"],
  ["an action that one has", aForm({ Action: "Ask" }), "form awsQuery Ask"],
  ["an action that nobody has", aForm({ Action: "Nonsense" }), "sqs awsQuery InvalidAction"],
  ["a form that cannot be read", aRequest({ query: "Action=%zz" }), "sqs awsQuery MalformedQueryString"],
  ["an action of a version", aForm({ Action: "AddPermission", Version: "2010-03-31" }), "sns awsQuery AddPermission"],
  ["a path that several have", get("/ask"), "a-rest restJson1 Ask"],
  ["a path that several have, signed", get("/ask", signedFor("rest")), "rest restJson1 Ask"],
  ["a path that one has", get("/tell"), "rest restJson1 Tell"],
  ["a path that another has", get("/tell", signedFor("a-rest")), "a-rest restJson1 UnknownOperationException"],
  ["no path", get("/nowhere"), "unrecognised"],
  ["the front door", get("/"), "about"],
  ["a service that is not served", get("/", signedFor("lambda")), "not ours: lambda"],
];

/** Every order of the items. */
function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

describe("in which order services stand makes no difference", () => {
  const fixed = [both, plain];
  const services = [sqs(), sns(), kinesis(), strict, form, rest];
  const routers = [...orders(services)].map((order) => createRouter([...fixed, ...order, otherRest]));
  const backwards = createRouter([otherRest, ...services, ...fixed].toReversed());

  test.for(requests)("%s", ([, request, goesTo]) => {
    const destinations = [...routers, backwards].map((route) => destination(route(request)));
    expect(new Set(destinations)).toEqual(new Set([goesTo]));
  });
});

test("two services cannot have the same id, nor the same targets", () => {
  expect(() => createRouter([sqs(), sqs()])).toThrow("no two services have an id");
  const twin = { ...plain, model: { ...plain.model, id: "twin" } };
  expect(() => createRouter([plain, twin])).toThrow("no two services have a target prefix");
});
