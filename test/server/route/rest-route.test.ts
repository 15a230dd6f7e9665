import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { HttpBinding, RestContract } from "../../../src/model/contract.ts";
import { header, label, payload, query } from "../../../src/model/location.ts";
import { blob, integer, list, type Members, string, structure } from "../../../src/model/shape.ts";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { restJson1 } from "../../../src/protocol/rest-json/rest-json.ts";
import { createServiceReader, signingName } from "../../../src/server/route/addressing.ts";
import { createRestRouter } from "../../../src/server/route/rest-route.ts";
import type { Operation, Service } from "../../../src/service/service.ts";

/** What a fixture says of an operation: `POST /path 201`, and for each member its location, name and kind. */
interface ModelledOperation {
  readonly http: string;
  readonly members: Readonly<Record<string, string>>;
}

type Method = HttpBinding["method"];

const SERVICES = ["lambda", "scheduler", "pipes"] as const;

function modelOf(id: string): Readonly<Record<string, ModelledOperation>> {
  return JSON.parse(readFileSync(new URL(`../../fixtures/rest/${id}.json`, import.meta.url), "utf8")).operations;
}

function memberOf(description: string): Members[string] {
  const [location, name = "", kind] = description.split(" ");
  const scalar = kind === "integer" ? integer() : string();
  if (location === "label") return label(scalar, name);
  if (location === "payload") return payload(blob());
  return location === "header" ? header(name, scalar) : query(name, kind === "list" ? list(string()) : scalar);
}

function contractOf(name: string, { http, members }: ModelledOperation): RestContract {
  const [method, path, status] = http.split(" ");
  const input = structure(
    Object.fromEntries(Object.entries(members).map(([member, description]) => [member, memberOf(description)])),
  );
  return { name, http: { method: method as Method, path: path!, status: Number(status) }, input, errors: [] };
}

interface RestService extends Service {
  readonly operations: ReadonlyMap<string, Operation & RestContract>;
}

function aService(id: string, contracts: readonly RestContract[]): RestService {
  return {
    model: { id, title: id, apiVersion: "1", protocols: ["restJson1"] },
    operations: new Map(contracts.map((contract) => [contract.name, { ...contract, run: () => ({}) }])),
  };
}

function aRequest(method: string, url: string, headers: WireRequest["headers"] = {}): WireRequest {
  const [path = "", parameters = ""] = url.split("?");
  return { method, path, query: parameters, headers, body: Buffer.alloc(0) };
}

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

function routing(...[services, readService]: Parameters<typeof createRestRouter>) {
  const { byService, byPath } = createRestRouter(services, readService);
  return (request: WireRequest) => byService(request) ?? byPath(request);
}

function routerOf(services: readonly Service[]) {
  const route = routing(services, createServiceReader(services.map(({ model }) => model)));
  return (...request: Parameters<typeof aRequest>): string => {
    const found = route(aRequest(...request));
    if (found === undefined) return "nobody";
    const { service, operationName } = found;
    return found.kind === "failure"
      ? `${service.model.id} ${found.error.status} ${found.error.shape}`
      : `${service.model.id} ${operationName}`;
  };
}

const modelled = SERVICES.map((id) =>
  aService(
    id,
    Object.entries(modelOf(id)).map(([name, operation]) => contractOf(name, operation)),
  ),
);

describe.each(modelled)("of the API of $model.id", (service) => {
  const routeOf = routing(modelled, signingName);
  const { id } = service.model;

  test.for([...service.operations.values()])("$name has its path, and its members their places", (contract) => {
    const { http, input, name } = contract;
    const described = Object.entries(modelOf(id)[name]!.members);
    const values: Record<string, unknown> = {};
    const headers: Record<string, string> = { ...signedFor(id) };
    const parameters: string[] = [];
    let { path } = http;
    let body = Buffer.alloc(0);
    for (const [member, description] of described) {
      const [location, wireName = "", kind] = description.split(" ");
      values[member] = kind === "integer" ? 7 : kind === "list" ? ["a:b", "c"] : kind === "blob" ? undefined : "a:b/c";
      if (location === "label") path = path.replace(`{${wireName}}`, "a%3Ab%2Fc");
      if (location === "header") headers[wireName.toLowerCase()] = "a:b/c";
      if (location === "query" && kind === "list") parameters.push(`${wireName}=a%3Ab`, `${wireName}=c`);
      else if (location === "query") parameters.push(`${wireName}=${kind === "integer" ? 7 : "a:b%2Fc"}`);
      if (location === "payload") {
        body = Buffer.from("{}");
        values[member] = new Uint8Array(body);
      }
    }
    const request = { method: http.method, path, query: parameters.join("&"), headers, body };
    expect(routeOf(request)).toMatchObject({ kind: "operation", operation: contract, service });
    expect(restJson1.decode(contract, request)).toEqual(values);
    expect(Object.keys(input.members)).toEqual(described.map(([member]) => member));
  });
});

describe("which service", () => {
  const route = routerOf(modelled);
  const tags = "/tags/arn%3Aaws%3Ascheduler%3Aus-east-1%3A000000000000%3Aschedule-group%2Fg";

  test("the signature says when two have such a path", () => {
    expect(route("GET", tags, signedFor("scheduler"))).toBe("scheduler ListTagsForResource");
    expect(route("GET", tags, signedFor("pipes"))).toBe("pipes ListTagsForResource");
  });

  test("the host says when nothing is signed", () => {
    expect(route("GET", tags, { host: "pipes.eu-west-1.amazonaws.com" })).toBe("pipes ListTagsForResource");
  });

  test("the path says when nothing else does", () => {
    expect(route("GET", "/v1/pipes")).toBe("pipes ListPipes");
    expect(route("PATCH", "/v1/pipes")).toBe("pipes 405 UnknownOperationException");
    expect(route("GET", "/nowhere")).toBe("nobody");
  });

  test("a request signed for another service is for none of them", () => {
    expect(route("GET", "/v1/pipes", signedFor("sqs"))).toBe("nobody");
  });
});

describe("what is no operation", () => {
  const route = routerOf(modelled);

  test.for([
    ["GET", "/2015-03-31/functions/f/nothing", 404],
    ["GET", "/", 404],
    ["GET", "/2015-03-31/functions//configuration", 404],
    ["PATCH", "/2015-03-31/functions/f", 405],
    ["get", "/2015-03-31/functions/f", 405],
  ] as const)("%s %s is answered with %i", ([method, path, status]) => {
    expect(route(method, path, signedFor("lambda"))).toBe(`lambda ${status} UnknownOperationException`);
  });

  test("a slash at the end of a path is passed over", () => {
    expect(route("GET", "/2015-03-31/functions/", signedFor("lambda"))).toBe("lambda ListFunctions");
  });

  test("a failure is answered in REST-JSON", () => {
    const routeOf = routing(modelled, signingName);
    const found = routeOf(aRequest("GET", "/nowhere", signedFor("lambda")));
    if (found?.kind !== "failure") throw new Error("the path was found");
    expect(found.protocol.encodeError(found.service.model, found.error, "id")).toEqual({
      status: 404,
      headers: {
        "content-type": "application/json",
        "x-amzn-RequestId": "id",
        "x-amzn-ErrorType": "UnknownOperationException",
      },
      body: "{}",
    });
  });
});

function anEndpoint(method: Method, path: string, name = `${method} ${path}`): RestContract {
  return { name, http: { method, path }, input: structure({}), errors: [] };
}

describe("between templates", () => {
  const route = routerOf([
    aService("files", [
      anEndpoint("GET", "/{Bucket}/{Key+}"),
      anEndpoint("GET", "/{Bucket}/{Key+}?acl"),
      anEndpoint("GET", "/{Bucket}/{Key+}?acl&version=2"),
      anEndpoint("GET", "/{Bucket}/{Key+}/acl"),
      anEndpoint("GET", "/{Bucket}/list"),
      anEndpoint("PUT", "/{Bucket}/{Name}"),
      anEndpoint("GET", "/fixed/list"),
      anEndpoint("PUT", "/fixed/other"),
      anEndpoint("POST", "/only?Qualifier"),
    ]),
  ]);

  test.for([
    ["GET", "/fixed/list", "GET /fixed/list"],
    ["GET", "/%66ixed/list", "GET /fixed/list"],
    ["GET", "/b/list", "GET /{Bucket}/list"],
    ["PUT", "/fixed/list", "PUT /{Bucket}/{Name}"],
    ["GET", "/fixed/other", "GET /{Bucket}/{Key+}"],
    ["GET", "/b/a/b/c", "GET /{Bucket}/{Key+}"],
    ["GET", "/b/a/b/acl", "GET /{Bucket}/{Key+}/acl"],
    ["GET", "/b/acl", "GET /{Bucket}/{Key+}"],
    ["GET", "/b/a?acl", "GET /{Bucket}/{Key+}?acl"],
    ["GET", "/b/a?version=1&acl=", "GET /{Bucket}/{Key+}?acl"],
    ["GET", "/b/a?version=2&acl=", "GET /{Bucket}/{Key+}?acl&version=2"],
    ["GET", "/b/a?%zz", "GET /{Bucket}/{Key+}"],
    ["POST", "/only?Qualifier=live", "POST /only?Qualifier"],
  ] as const)("%s %s is %s", ([method, url, operation]) => {
    expect(route(method, url)).toBe(`files ${operation}`);
  });

  test("a path whose query string lacks what its template wants is none", () => {
    expect(route("POST", "/only", signedFor("files"))).toBe("files 404 UnknownOperationException");
  });
});

test("a greedy label has the slashes between its parts, and one behind them", () => {
  const contract: RestContract = { ...anEndpoint("GET", "/{Key+}"), input: structure({ Key: label(string()) }) };
  expect(restJson1.decode(contract, aRequest("GET", "/a/b%2Fc//d/"))).toEqual({ Key: "a/b/c//d/" });
});

test("only contracts with a path can be served", () => {
  const contract = { name: "DoIt", input: structure({}), errors: [] };
  // @ts-expect-error: it has no path.
  expect(() => restJson1.decode(contract, aRequest("GET", "/"))).toThrow(TypeError);
  const operation = { ...contract, run: () => ({}) };
  const service: Service = { ...aService("x", []), operations: new Map([["DoIt", operation]]) };
  expect(() => createRestRouter([service], () => undefined)).toThrow("where DoIt is found");
});
