import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { aForm, aHandler, aJsonRequest, aRequest, kinesis, signedFor, sns, sqs } from "../services.ts";

const JSON_TYPE = "application/x-amz-json-1.1";
const CBOR_TYPE = "application/x-amz-cbor-1.1";
const LIST = "Kinesis_20131202.PutRecord";
/** An input that PutRecord can read, in JSON and as hexadecimal CBOR. */
const INPUT = "{}";
const CBOR_INPUT = Buffer.from("bfff", "hex");

const signed = { ...signedFor("kinesis"), "x-amz-date": "20250101T000000Z" };

/** A request that Kinesis answers, but for what a test makes different. */
function aCall(
  parts: Partial<WireRequest> & { readonly target?: string | undefined; readonly type?: string | undefined },
) {
  const { target = LIST, type = JSON_TYPE, headers = signed, body = Buffer.from(INPUT), ...rest } = parts;
  const named = "target" in parts && parts.target === undefined ? {} : { "x-amz-target": target };
  const typed = "type" in parts && parts.type === undefined ? {} : { "content-type": type };
  return { ...aRequest(rest as object), headers: { host: "localhost:4566", ...named, ...typed, ...headers }, body };
}

function answerTo(request: WireRequest) {
  const { handle } = aHandler(sqs(), sns(), kinesis());
  const { response, service, errorCode } = handle(request);
  if ("then" in response) throw new Error("the answer takes its time");
  const { status, headers, body } = response;
  const text = Buffer.from(body as string).toString("latin1");
  return { status, type: headers["content-type"], text, headers, service, errorCode };
}

const UNKNOWN = '{"__type":"UnknownOperationException"}';
const SERIALIZATION = '{"__type":"SerializationException"}';
const CBOR_UNKNOWN = "\xbff__typex\x19UnknownOperationException\xff";
const CBOR_SERIALIZATION = "\xbff__typevSerializationException\xff";
const DENIED =
  "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n";

// Kinesis reference 1.4, 1.2

describe("a request that is served", () => {
  test.for([JSON_TYPE, ` ${JSON_TYPE} `, `${JSON_TYPE}; charset=utf-8`])("in JSON, as %o", (type) => {
    expect(answerTo(aCall({ type }))).toMatchObject({ status: 200, type: JSON_TYPE, text: "{}", errorCode: undefined });
  });

  test.for([CBOR_TYPE, `${CBOR_TYPE};q=1`])("in CBOR, as %o", (type) => {
    expect(answerTo(aCall({ type, body: CBOR_INPUT }))).toMatchObject({
      status: 200,
      type: CBOR_TYPE,
      text: "\xbf\xff",
    });
  });

  test("whatever follows a second full stop in the target", () => {
    expect(answerTo(aCall({ target: `${LIST}.more` }))).toMatchObject({ status: 200 });
  });

  test.for(["/", "/any/path", ""])("on the path %o", (path) => {
    expect(answerTo(aCall({ path }))).toMatchObject({ status: 200 });
  });
});

describe("methods other than POST are refused", () => {
  test.for(["GET", "PUT", "DELETE", "OPTIONS", "HEAD"])("%s", (method) => {
    expect(answerTo(aCall({ method }))).toMatchObject({ status: 403, type: undefined, text: DENIED });
  });
});

describe("an empty body is refused before anything else", () => {
  test.for<[title: string, parts: Parameters<typeof aCall>[0], type: string, text: string]>([
    ["in JSON", {}, JSON_TYPE, SERIALIZATION],
    ["in CBOR", { type: CBOR_TYPE }, CBOR_TYPE, CBOR_SERIALIZATION],
    ["in plain JSON", { type: "application/json" }, CBOR_TYPE, CBOR_SERIALIZATION],
    ["without a content type", { type: undefined }, CBOR_TYPE, CBOR_SERIALIZATION],
    ["with another version of JSON", { type: "application/x-amz-json-1.0" }, CBOR_TYPE, CBOR_SERIALIZATION],
    ["for an unknown operation in JSON", { target: "Kinesis_20131202.Nonsense" }, JSON_TYPE, UNKNOWN],
    [
      "for an unknown operation in CBOR",
      { target: "Kinesis_20131202.Nonsense", type: CBOR_TYPE },
      CBOR_TYPE,
      CBOR_UNKNOWN,
    ],
    ["for nothing at all", { target: undefined, type: undefined }, CBOR_TYPE, CBOR_UNKNOWN],
    ["unsigned", { headers: {} }, JSON_TYPE, SERIALIZATION],
  ])("%s", ([, parts, type, text]) => {
    expect(answerTo(aCall({ ...parts, body: Buffer.alloc(0) }))).toMatchObject({ status: 400, type, text });
  });
});

describe("content types that are not served", () => {
  test.for(["application/x-amz-json-1.0", `${JSON_TYPE}asdf`, "text/plain", undefined])("%s: not found", (type) => {
    expect(answerTo(aCall({ type }))).toMatchObject({
      status: 404,
      type: undefined,
      text: "<UnknownOperationException/>\n",
    });
  });

  test.for(["Kinesis_20131202", "Kinesis_20131202.", ".PutRecord", "", undefined])(
    "with the target %o: denied",
    (target) => {
      expect(answerTo(aCall({ type: "text/plain", target }))).toMatchObject({
        status: 403,
        type: undefined,
        text: DENIED,
      });
    },
  );

  test("a form is denied", () => {
    const request = aForm({ a: "b" }, signed);
    expect(answerTo(request)).toMatchObject({ status: 403, service: "kinesis", text: DENIED });
  });

  test.for([
    ["{}", 404, "UnknownOperationException"],
    ["[]", 400, "SerializationException"],
    ["true", 400, "SerializationException"],
    ["{", 400, "SerializationException"],
  ] as const)("plain JSON %s is answered in a form of its own", ([body, status, code]) => {
    expect(answerTo(aCall({ type: "application/json", body: Buffer.from(body) }))).toMatchObject({
      status,
      type: "application/json",
      text: `{"Output":{"__type":"com.amazon.coral.service#${code}"},"Version":"1.0"}`,
    });
  });
});

describe("a body that cannot be read is refused before operation and signature are looked at", () => {
  const targets = [LIST, "Kinesis_20131202.Nonsense"];
  const callers = [signed, {}];
  const rows = ["{", "true", "null", '"x"', "[]", "5", " "].flatMap((body) =>
    targets.flatMap((target) => callers.map((headers) => ({ body, target, headers }))),
  );
  test.for(rows)("$body for $target", ({ body, target, headers }) => {
    expect(answerTo(aCall({ body: Buffer.from(body), target, headers }))).toMatchObject({
      status: 400,
      type: JSON_TYPE,
      text: SERIALIZATION,
    });
  });

  test.for(["80", "f6", "bf", "00"])("%s in CBOR", (hex) => {
    expect(answerTo(aCall({ type: CBOR_TYPE, body: Buffer.from(hex, "hex") }))).toMatchObject({
      status: 400,
      type: CBOR_TYPE,
      text: CBOR_SERIALIZATION,
    });
  });
});

describe("an unknown operation is refused before the signature is looked at", () => {
  test.for([
    "Kinesis_20131202.Nonsense",
    "Kinesis_20131202.putrecord",
    "Kinesis_20131202.",
    "Kinesis_20131202",
    "Kinesis_20131202.__proto__",
  ])("%s", (target) => {
    for (const headers of [signed, {}]) {
      expect(answerTo(aCall({ target, headers }))).toMatchObject({ status: 400, type: JSON_TYPE, text: UNKNOWN });
    }
  });

  test.for(["Kinesis_20131203.PutRecord", "DynamoDB_20120810.ListTables", "PutRecord", "", undefined])(
    "%o, signed for the service",
    (target) => {
      expect(answerTo(aCall({ target }))).toMatchObject({ status: 400, type: JSON_TYPE, text: UNKNOWN });
    },
  );

  test("in CBOR it is refused in CBOR", () => {
    const request = aCall({ target: "Kinesis_20131202.Nonsense", type: CBOR_TYPE, body: CBOR_INPUT });
    expect(answerTo(request)).toMatchObject({ status: 400, type: CBOR_TYPE, text: CBOR_UNKNOWN });
  });
});

// Kinesis reference 1.6

describe("the form of a signature is looked at", () => {
  const header = (authorization: string, date: object = { "x-amz-date": "20250101T000000Z" }) => ({
    headers: { authorization, ...date } as WireRequest["headers"],
  });
  const NO_CREDENTIAL = "Authorization header requires 'Credential' parameter. ";
  const NO_SIGNATURE = "Authorization header requires 'Signature' parameter. ";
  const NO_HEADERS = "Authorization header requires 'SignedHeaders' parameter. ";
  const NO_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  const query = (...names: readonly string[]) =>
    `${names.map((name) => `AWS query-string parameters must include '${name}'. `).join("")}Re-examine the query-string parameters.`;
  const complete =
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c/d/e&X-Amz-Signature=b&X-Amz-SignedHeaders=host&X-Amz-Date=c";

  test.for<[title: string, parts: Partial<WireRequest>]>([
    ["in a header", header("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=b")],
    [
      "in a header without blanks",
      header("AWS4-HMAC-SHA256 Credential=a,SignedHeaders=:authority;x-amz-date,Signature=b"),
    ],
    ["in a header of any scheme", header("x Credential=a, SignedHeaders=b, Signature=c")],
    ["with Date instead of X-Amz-Date", header("x Credential=a,SignedHeaders=b,Signature=c", { date: "today" })],
    ["in the query", { headers: {}, query: complete }],
  ])("complete %s", ([, parts]) => {
    expect(answerTo(aCall(parts))).toMatchObject({ status: 200 });
  });

  test.for<[title: string, parts: Partial<WireRequest>, code: string, message: string]>([
    ["none", { headers: {} }, "MissingAuthenticationTokenException", "Missing Authentication Token"],
    [
      "a query without an algorithm",
      { headers: {}, query: "X-Amz-Algorith=a&X-Amz-Signature=b" },
      "MissingAuthenticationTokenException",
      "Missing Authentication Token",
    ],
    [
      "two",
      { ...header("AWS4-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c"), query: "X-Amz-Algorithm" },
      "InvalidSignatureException",
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    ],
    [
      "an empty header",
      header(""),
      "IncompleteSignatureException",
      `${NO_CREDENTIAL}${NO_SIGNATURE}${NO_HEADERS}Authorization=`,
    ],
    [
      "a header without anything",
      header("X", {}),
      "IncompleteSignatureException",
      `${NO_CREDENTIAL}${NO_SIGNATURE}${NO_HEADERS}${NO_DATE}Authorization=X`,
    ],
    [
      "a header whose first word is no scheme",
      header("Credential=a,SignedHeaders=b,Signature=c"),
      "IncompleteSignatureException",
      `${NO_CREDENTIAL}Authorization=Credential=a,SignedHeaders=b,Signature=c`,
    ],
    [
      "a header without SignedHeaders",
      header("AWS4- Signature=b,Credential=a"),
      "IncompleteSignatureException",
      `${NO_HEADERS}Authorization=AWS4- Signature=b,Credential=a`,
    ],
    [
      "a header with empty values",
      header("AWS4- Signature=,Credential= ,SignedHeaders="),
      "IncompleteSignatureException",
      `${NO_CREDENTIAL}${NO_SIGNATURE}${NO_HEADERS}Authorization=AWS4- Signature=,Credential= ,SignedHeaders=`,
    ],
    [
      "a query with only an algorithm",
      { headers: {}, query: "X-Amz-Algorithm=a" },
      "IncompleteSignatureException",
      query("X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"),
    ],
    [
      "a query with empty values",
      { headers: {}, query: "X-Amz-Algorithm&X-Amz-Credential=&X-Amz-Signature=b&X-Amz-Date=c" },
      "IncompleteSignatureException",
      query("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-SignedHeaders"),
    ],
  ])("%s is not enough", ([, parts, code, message]) => {
    const answer = answerTo(aCall(parts));
    expect(answer).toMatchObject({ status: 400, type: JSON_TYPE, errorCode: code });
    expect(JSON.parse(answer.text)).toEqual({ __type: code, message });
  });
});

describe("whom a request without a known target is for", () => {
  test.for([
    ["localhost:4566", {}, "kinesis"],
    ["localhost:4566", { "content-type": CBOR_TYPE }, "kinesis"],
    ["localhost:4566", { "content-type": "application/json" }, undefined],
    ["localhost:4566", signedFor("kinesis"), "kinesis"],
    ["kinesis.us-east-1.amazonaws.com", {}, "kinesis"],
    ["kinesis-fips.us-east-1.amazonaws.com", {}, "kinesis"],
    ["123456789012.data-kinesis.us-east-1.amazonaws.com", {}, "kinesis"],
    ["123456789012.control-kinesis.us-east-1.api.aws", {}, "kinesis"],
    ["abcdefghijklmnopqrst.abc.data-kinesis.us-east-1.amazonaws.com", {}, "kinesis"],
    ["sqs.us-east-1.amazonaws.com", {}, undefined],
  ] as const)("at %s, signed %o: %s", ([host, headers, service]) => {
    const answer = answerTo(aRequest({ headers: { host, "content-type": JSON_TYPE, ...headers }, body: "{}" }));
    expect(answer.service).toBe(service);
  });

  test("one signed for another service is answered by neither, and goes by that service's name", () => {
    const request = aRequest({ headers: { "content-type": JSON_TYPE, ...signedFor("sqs") }, body: "{}" });
    const text = "<UnknownOperationException/>";
    expect(answerTo(request)).toMatchObject({ service: "sqs", status: 404, text });
  });

  test("what could pass for a form is none when it says that it is CBOR", () => {
    const request = aCall({ target: undefined, type: CBOR_TYPE, headers: {}, body: Buffer.from("Action=%") });
    expect(answerTo(request)).toMatchObject({ service: "kinesis", status: 400, text: CBOR_SERIALIZATION });
  });

  test("a target of another service stays that service's", () => {
    expect(answerTo({ ...aJsonRequest("SendMessage"), method: "POST" })).toMatchObject({ service: "sqs" });
  });
});

// Kinesis reference 1.3

describe("every answer has two ids", () => {
  test.for<[title: string, request: WireRequest]>([
    ["a good one", aCall({})],
    ["an error", aCall({ target: "Kinesis_20131202.Nonsense" })],
    ["one in XML", aCall({ method: "GET" })],
    ["one in CBOR", aCall({ type: CBOR_TYPE, body: CBOR_INPUT })],
  ])("%s", ([, request]) => {
    const { headers } = answerTo(request);
    expect(headers["x-amzn-RequestId"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(headers["x-amz-id-2"]).toMatch(/^[A-Za-z0-9+/]{96}$/);
  });

  test("which are new each time", () => {
    const { handle } = aHandler(kinesis());
    const ids = Array.from({ length: 200 }, () => {
      const { response } = handle(aCall({}));
      return "then" in response ? undefined : response.headers["x-amz-id-2"];
    });
    expect(new Set(ids).size).toBe(200);
  });

  test("other services have only the one", () => {
    expect(answerTo(aJsonRequest("SendMessage")).headers).not.toHaveProperty("x-amz-id-2");
  });
});

test("our own mistakes are internal failures without a text", () => {
  const broken = kinesis(() => {
    throw new Error("broken");
  });
  const { response } = aHandler(broken).handle(aCall({}));
  expect(response).toMatchObject({ status: 500, body: '{"__type":"InternalFailure"}' });
});

describe("a type spelled as clients do", () => {
  const parameter = fc.constantFrom(
    "Credential=a/b/us-east-1/kinesis/aws4_request",
    "SignedHeaders=host",
    "Signature=0",
    "",
  );
  const authorization = fc.option(
    fc.tuple(
      fc.constantFrom("AWS4-HMAC-SHA256 ", "Signature= ", ""),
      fc.array(parameter),
      fc.constantFrom(", ", ",", " ", ""),
    ),
    { nil: undefined },
  );
  const headers = fc.record({ authorization, date: fc.constantFrom({}, { date: "now" }, { "x-amz-date": "now" }) });
  const call = fc.record({
    headers: headers.map(({ authorization: [word = "", parameters = [], separator = ""] = [], date }) => {
      return { ...(parameters.length > 0 && { authorization: word + parameters.join(separator) }), ...date };
    }),
    target: fc.constantFrom(
      LIST,
      `${LIST}.more`,
      "Kinesis_20131202.Nonsense",
      "Kinesis_20131202.",
      "Kinesis_20131202",
      "Other.PutRecord",
    ),
    method: fc.constantFrom("POST", "POST", "GET", "PUT"),
    query: fc.constantFrom("", "", "X-Amz-Algorithm=a", "X-Amz-Algorithm=a&X-Amz-Signature=0"),
    body: fc.constantFrom(INPUT, CBOR_INPUT, "", "[", '{"Data":1}').map((body) => Buffer.from(body)),
  });

  test.for([JSON_TYPE, CBOR_TYPE])("%s, gets what a type does that is to be taken apart", (type) => {
    fc.assert(
      fc.property(call, (parts) => {
        expect(answerTo(aCall({ ...parts, type }))).toEqual(answerTo(aCall({ ...parts, type: `${type};` })));
      }),
      { numRuns: 300 },
    );
  });
});
