import { describe, expect, test } from "vitest";
import { aWire, CBOR_TYPE, JSON_TYPE, type Said, versions } from "../support/kinesis-wire.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SERIALIZATION = '{"__type":"SerializationException"}';
const UNKNOWN = '{"__type":"UnknownOperationException"}';
const DENIED =
  "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n";
const inCbor = (code: string) =>
  Buffer.from(`\xbff__type${String.fromCharCode(0x60 + code.length)}${code}\xff`, "latin1");

describe.for(versions)("%s", (version) => {
  // Kinesis reference 1.3
  test("an answer has two ids, a type, a length and a date", async () => {
    await using wire = await aWire(version);
    const { status, headers, text } = await wire.call("ListStreams", {});
    expect([status, text]).toEqual([200, '{"HasMoreStreams":false,"StreamNames":[],"StreamSummaries":[]}']);
    expect(headers).toMatchObject({
      "content-type": JSON_TYPE,
      "content-length": String(text.length),
      "x-amzn-requestid": expect.stringMatching(UUID),
      "x-amz-id-2": expect.stringMatching(/^[A-Za-z0-9+/]{96}$/),
      date: expect.stringMatching(/ GMT$/),
    });
    expect(headers).not.toHaveProperty("x-amzn-errortype");
    if (version === "HTTP/1.1") expect(headers).not.toHaveProperty("transfer-encoding");
  });

  // Kinesis reference 1.4
  test.for<[title: string, said: Said, status: number, type: string | undefined, body: string | Buffer]>([
    ["another method", { method: "GET" }, 403, undefined, DENIED],
    ["OPTIONS that is no preflight", { method: "OPTIONS" }, 403, undefined, DENIED],
    ["no body", { body: "" }, 400, JSON_TYPE, SERIALIZATION],
    [
      "no body and no content type",
      { body: "", headers: { "content-type": null } },
      400,
      CBOR_TYPE,
      inCbor("SerializationException"),
    ],
    ["no body for nothing", { body: "", operation: "x" }, 400, JSON_TYPE, UNKNOWN],
    [
      "another content type",
      { headers: { "content-type": "application/x-amz-json-1.0" } },
      404,
      undefined,
      "<UnknownOperationException/>\n",
    ],
    [
      "another content type for nothing",
      { headers: { "content-type": "x", "x-amz-target": "x" } },
      403,
      undefined,
      DENIED,
    ],
    ["a body that is no object", { body: "[]", operation: "x" }, 400, JSON_TYPE, SERIALIZATION],
    [
      "a body that is no map",
      { body: "\x00", headers: { "content-type": CBOR_TYPE } },
      400,
      CBOR_TYPE,
      inCbor("SerializationException"),
    ],
    [
      "plain JSON",
      { headers: { "content-type": "application/json" } },
      404,
      "application/json",
      '{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}',
    ],
    [
      "plain JSON that is none",
      { body: "x", headers: { "content-type": "application/json" } },
      400,
      "application/json",
      '{"Output":{"__type":"com.amazon.coral.service#SerializationException"},"Version":"1.0"}',
    ],
    ["an unknown operation, unsigned", { operation: "x", headers: { authorization: null } }, 400, JSON_TYPE, UNKNOWN],
    ["nothing at all", { headers: { authorization: null, "x-amz-target": null } }, 400, JSON_TYPE, UNKNOWN],
    [
      "no signature, before a value of the wrong type",
      { operation: "DescribeStream", body: '{"StreamName":1}', headers: { authorization: null } },
      400,
      JSON_TYPE,
      '{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}',
    ],
    [
      "a value of the wrong type, before one that breaks a constraint",
      { operation: "DescribeStream", body: '{"Limit":0,"StreamName":true}' },
      400,
      JSON_TYPE,
      '{"__type":"SerializationException","Message":"class java.lang.Boolean can not be converted to an String"}',
    ],
    [
      "a broken constraint, before a stream that is not there",
      { operation: "DescribeStream", body: '{"Limit":0,"StreamName":"s"}' },
      400,
      JSON_TYPE,
      `{"__type":"ValidationException","message":"1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"}`,
    ],
  ])("refuses %s", async ([, said, status, type, body]) => {
    await using wire = await aWire(version);
    const heard = await wire.say(said);
    expect([heard.status, heard.headers["content-type"]]).toEqual([status, type]);
    expect(heard.body.toString("latin1")).toBe(Buffer.from(body).toString("latin1"));
    expect(heard.headers["x-amz-id-2"]).toMatch(/^.{96}$/);
  });

  // Kinesis reference 1.5
  test("a preflight is answered with one id and what it asks for", async () => {
    await using wire = await aWire(version);
    const asked = { "access-control-request-headers": "X-Amz-Target,b", "access-control-request-method": "ANY" };
    const headers = { origin: "http://a", ...asked, authorization: null, "x-amz-target": null, "content-type": null };
    const heard = await wire.say({ method: "OPTIONS", body: "", headers });
    expect([heard.status, heard.body.length]).toEqual([200, 0]);
    expect(heard.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-max-age": "172800",
      "access-control-allow-headers": "X-Amz-Target,b",
      "access-control-allow-methods": "ANY",
      "content-length": "0",
      "x-amzn-requestid": expect.stringMatching(UUID),
    });
    for (const absent of ["x-amz-id-2", "content-type", "access-control-expose-headers"]) {
      expect(heard.headers).not.toHaveProperty(absent);
    }
  });

  test.for<[title: string, said: Said]>([
    ["an answer", {}],
    ["a refusal", { operation: "x" }],
    ["a refusal in XML", { method: "GET" }],
  ])("%s may be read by a web page", async ([, said]) => {
    await using wire = await aWire(version);
    expect((await wire.say({ ...said, headers: { origin: "http://a" } })).headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-expose-headers":
        "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date",
    });
  });

  // Kinesis reference 1.1
  test("any path will do, and whatever follows the operation", async () => {
    await using wire = await aWire(version);
    const headers = { "x-amz-target": "Kinesis_20131202.ListStreams.v2" };
    expect(await wire.say({ path: "/a/b%20c?d=e", headers })).toMatchObject({ status: 200 });
  });
});
