import { describe, expect, test } from "vitest";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { createPlaceReader, signingName } from "../../../src/server/route/addressing.ts";
import { aRequest, signedFor, sns, sqs } from "../services.ts";

const defaults = { account: "000000000000", region: "us-east-1" };
const placeOf = createPlaceReader([sqs(), sns()], defaults);
const scopeOf = (request: WireRequest) => placeOf(request).scope;
const inHeader = (authorization: string) => scopeOf(aRequest({ headers: { authorization } }));
const inQuery = (credential: string) =>
  scopeOf(aRequest({ query: `Action=SendMessage&X-Amz-Credential=${credential}&X-Amz-Date=1` }));

describe("the credential a request is signed with tells account and region", () => {
  test.for([
    ["eu-west-1", "AKIDEXAMPLE", { account: "000000000000", region: "eu-west-1", partition: "aws" }],
    ["eu-west-1", "123456789012", { account: "123456789012", region: "eu-west-1", partition: "aws" }],
    ["us-east-1", "12345678901", { account: "000000000000", region: "us-east-1", partition: "aws" }],
    ["us-east-1", "1234567890123", { account: "000000000000", region: "us-east-1", partition: "aws" }],
    ["cn-north-1", "test", { account: "000000000000", region: "cn-north-1", partition: "aws-cn" }],
    ["elasticmq", "test", { account: "000000000000", region: "elasticmq", partition: "aws" }],
    ["", "test", { account: "000000000000", region: "us-east-1", partition: "aws" }],
    ["a b", "test", { account: "000000000000", region: "us-east-1", partition: "aws" }],
    ["x:y", "test", { account: "000000000000", region: "us-east-1", partition: "aws" }],
  ] as const)("region %o, access key %o: %o", ([region, key, expected]) => {
    expect(scopeOf(aRequest({ headers: signedFor("sqs", region, key) }))).toEqual(expected);
    const credential = encodeURIComponent(`${key}/20250101/${region}/sqs/aws4_request`);
    expect(inQuery(credential)).toEqual(expected);
  });

  test("the credential may stand last in the header", () => {
    const credential = "123456789012/20250101/eu-west-1/sqs/aws4_request";
    expect(inHeader(`AWS4-HMAC-SHA256 Signature=a, Credential=${credential}`)).toMatchObject({
      account: "123456789012",
      region: "eu-west-1",
    });
  });

  test("a signature for several regions leaves the region to the default", () => {
    expect(inHeader("AWS4-ECDSA-P256-SHA256 Credential=123456789012/20250101/sqs/aws4_request, Signature=a")).toEqual({
      partition: "aws",
      account: "123456789012",
      region: "us-east-1",
    });
  });

  test("the header counts more than the query string", () => {
    const query = "X-Amz-Credential=123456789012/20250101/eu-west-2/sqs/aws4_request";
    expect(scopeOf(aRequest({ query, headers: signedFor("sqs", "eu-west-1") }))).toMatchObject({
      account: "000000000000",
      region: "eu-west-1",
    });
  });

  test.for([
    "",
    "Bearer abc",
    "AWS4-HMAC-SHA256 Credential=",
    "AWS4-HMAC-SHA256 Credential=a/b",
    "Credential=////////",
  ])("the header %o says nothing", (authorization) => {
    expect(inHeader(authorization)).toMatchObject(defaults);
  });

  test.for(["%zz", "%ff", "", "a/b"])("the query string's %o says nothing", (credential) => {
    expect(inQuery(credential)).toMatchObject(defaults);
  });

  test("callers stay apart however many there are", () => {
    const accounts = Array.from({ length: 200 }, (_, index) => String(100000000000 + index));
    const found = [...accounts, ...accounts].map((key) =>
      scopeOf(aRequest({ headers: signedFor("sqs", "us-east-1", key) })),
    );
    expect(found.map(({ account }) => account)).toEqual([...accounts, ...accounts]);
  });
});

describe("the host of a request that is not signed tells the region", () => {
  test.for([
    ["sqs.eu-west-1.amazonaws.com", "eu-west-1"],
    ["SQS.EU-WEST-1.AMAZONAWS.COM", "eu-west-1"],
    ["sqs.eu-west-1.amazonaws.com:443", "eu-west-1"],
    ["sqs-fips.us-west-2.amazonaws.com", "us-west-2"],
    ["sqs.ap-southeast-2.api.aws", "ap-southeast-2"],
    ["sqs.cn-north-1.amazonaws.com.cn", "cn-north-1"],
    ["sqs.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
    ["vpce-0a1b-2c3d.sqs.eu-west-1.vpce.amazonaws.com", "eu-west-1"],
    ["sqs.eu-west-1.localhost:4566", "eu-west-1"],
    ["eu-west-1.queue.amazonaws.com", "eu-west-1"],
    ["queue.amazonaws.com", "us-east-1"],
    ["queue.amazonaws.com:443", "us-east-1"],
    ["sns.eu-central-1.amazonaws.com", "eu-central-1"],
    ["localhost:4566", "ca-central-1"],
    ["sqs:4566", "ca-central-1"],
    ["queue.example.com", "ca-central-1"],
    ["my-host-1.example.com", "ca-central-1"],
    ["eu-west-1.example.com", "ca-central-1"],
    ["127.0.0.1:4566", "ca-central-1"],
    ["[::1]:4566", "ca-central-1"],
    ["", "ca-central-1"],
  ] as const)("%s: %s", ([host, region]) => {
    const read = createPlaceReader([sqs(), sns()], { account: "000000000000", region: "ca-central-1" });
    expect(read(aRequest({ headers: { host } })).scope).toMatchObject({ account: "000000000000", region });
  });

  test("whether a request says which region it calls is told, too", () => {
    const namesRegion = (headers: WireRequest["headers"]) => placeOf(aRequest({ headers })).namesRegion;
    expect(namesRegion({ host: "sns.us-east-1.amazonaws.com" })).toBe(true);
    expect(namesRegion(signedFor("sns", "us-east-1"))).toBe(true);
    expect(namesRegion({ host: "localhost:4566" })).toBe(false);
    expect(namesRegion({ host: "localhost:4566", authorization: "Bearer abc" })).toBe(false);
    expect(namesRegion(signedFor("sns", ""))).toBe(false);
  });

  test("a request without a host belongs to the defaults", () => {
    expect(scopeOf(aRequest({ headers: {} }))).toMatchObject(defaults);
  });
});

test.for([
  ["AWSAccessKeyId=123456789012&Signature=a%3D&Expires=1800000000", "s3"],
  ["Expires=1800000000&Signature=a%3D&AWSAccessKeyId=123456789012", "s3"],
  ["Action=SendMessage&AWSAccessKeyId=123456789012&Expires=1&Signature=a&SignatureVersion=2", undefined],
  ["AWSAccessKeyId=123456789012", undefined],
] as const)("the query string %s is signed for %o", ([query, service]) => {
  const request = aRequest({ method: "GET", path: "/bucket/key", query });
  expect(signingName(request)).toBe(service);
  expect(scopeOf(request).account).toBe(service === undefined ? defaults.account : "123456789012");
});
