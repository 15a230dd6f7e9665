import type { RestContract, ServiceModel } from "../../src/model/contract.ts";
import {
  byteStream,
  header,
  label,
  named,
  payload,
  prefixHeaders,
  query,
  queryMap,
  statusCode,
} from "../../src/model/location.ts";
import { blob, boolean, integer, list, map, required, string, structure, timestamp } from "../../src/model/shape.ts";

/** Small contracts in the manner of the services that speak REST-JSON, one per way of placing a member. */

export const lambdaModel: ServiceModel = {
  id: "lambda",
  title: "AWS Lambda",
  apiVersion: "2015-03-31",
  protocols: ["restJson1"],
  hasErrorType: true,
};

export const schedulerModel: ServiceModel = {
  id: "scheduler",
  title: "Amazon EventBridge Scheduler",
  apiVersion: "2021-06-30",
  protocols: ["restJson1"],
};

export const pipesModel: ServiceModel = {
  id: "pipes",
  title: "Amazon EventBridge Pipes",
  apiVersion: "2015-10-07",
  protocols: ["restJson1"],
};

export const s3Model: ServiceModel = {
  id: "s3",
  title: "Amazon S3",
  apiVersion: "2006-03-01",
  protocols: ["restXml"],
  xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/",
};

const nested = list(structure({ Name: named("deep_name", string()) }));

const lambda: readonly RestContract[] = [
  {
    name: "CreateFunction",
    http: { method: "POST", path: "/2015-03-31/functions", status: 201 },
    input: structure({
      FunctionName: required(string()),
      Code: required(structure({ ZipFile: blob() })),
      Environment: structure({ Variables: map(string()) }),
      Timeout: integer(),
    }),
    output: structure({ FunctionName: string(), Timeout: integer(), LastModified: string() }),
    errors: [],
  },
  {
    name: "GetFunction",
    http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}" },
    input: structure({ FunctionName: label(string()), Qualifier: query("Qualifier", string()) }),
    output: structure({ Configuration: structure({ FunctionName: string() }) }),
    errors: [],
  },
  {
    name: "DeleteFunction",
    http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}" },
    input: structure({ FunctionName: label(string()) }),
    output: structure({ StatusCode: statusCode() }),
    errors: [],
  },
  {
    name: "Invoke",
    http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/invocations" },
    input: structure({
      FunctionName: label(string()),
      InvocationType: header("X-Amz-Invocation-Type", string()),
      LogType: header("X-Amz-Log-Type", string()),
      Qualifier: query("Qualifier", string()),
      Payload: payload(blob()),
    }),
    output: structure({
      StatusCode: statusCode(),
      FunctionError: header("X-Amz-Function-Error", string()),
      ExecutedVersion: header("X-Amz-Executed-Version", string()),
      Payload: payload(byteStream({ mediaType: "application/json" })),
    }),
    errors: [],
  },
  {
    name: "TagResource",
    http: { method: "POST", path: "/2017-03-31/tags/{Resource}", status: 204 },
    input: structure({ Resource: label(string()), Tags: required(map(string())) }),
    errors: [],
  },
  {
    name: "UntagResource",
    http: { method: "DELETE", path: "/2017-03-31/tags/{Resource}", status: 204 },
    input: structure({ Resource: label(string()), TagKeys: required(query("tagKeys", list(string()))) }),
    errors: [],
  },
  {
    name: "CreateEventSourceMapping",
    http: { method: "POST", path: "/2015-03-31/event-source-mappings", status: 202 },
    input: structure({ FunctionName: string(), StartingPositionTimestamp: timestamp(), BatchSize: integer() }),
    output: structure({ UUID: string(), LastModified: timestamp() }),
    errors: [],
  },
  {
    name: "Places",
    http: { method: "PUT", path: "/places/{Path+}" },
    input: structure({
      Path: label(string()),
      Since: query("since", timestamp()),
      Size: query("size", integer()),
      All: queryMap(map(string())),
      HeaderSince: header("X-Since", timestamp()),
      Days: header("X-Days", list(timestamp())),
      Names: header("X-Names", list(string())),
      IsOn: header("X-Is-On", boolean()),
      Meta: prefixHeaders("X-Meta-", map(string())),
      Name: named("inner_name", string()),
      Nested: named("nested", nested),
    }),
    output: structure({
      HeaderSince: header("X-Since", timestamp()),
      Days: header("X-Days", list(timestamp())),
      Names: header("X-Names", list(string())),
      IsOn: header("X-Is-On", boolean()),
      Meta: prefixHeaders("x-meta-", map(string())),
      Name: named("inner_name", string()),
      Nested: named("nested", nested),
    }),
    errors: [],
  },
  {
    name: "PutDocument",
    http: { method: "PUT", path: "/document" },
    input: structure({ Document: payload(structure({ Title: string() })) }),
    output: structure({ Document: payload(structure({ Title: string() })) }),
    errors: [],
  },
  {
    name: "PutText",
    http: { method: "PUT", path: "/text" },
    input: structure({ Text: payload(string()) }),
    output: structure({ Text: payload(string({ mediaType: "text/csv" })) }),
    errors: [],
  },
];

const scheduler: readonly RestContract[] = [
  {
    name: "ListSchedules",
    http: { method: "GET", path: "/schedules" },
    input: structure({ GroupName: query("ScheduleGroup", string()), MaxResults: query("MaxResults", integer()) }),
    output: structure({ Schedules: required(list(structure({ Name: string() }))) }),
    errors: [],
  },
  {
    name: "DeleteSchedule",
    http: { method: "DELETE", path: "/schedules/{Name}" },
    input: structure({
      Name: label(string()),
      GroupName: query("groupName", string()),
      ClientToken: query("clientToken", string()),
    }),
    output: structure({}),
    errors: [],
  },
];

const s3: readonly RestContract[] = [
  {
    name: "PutObject",
    http: { method: "PUT", path: "/{Bucket}/{Key+}" },
    input: structure({
      Bucket: label(string()),
      Key: label(string()),
      ContentType: header("Content-Type", string()),
      Metadata: prefixHeaders("x-amz-meta-", map(string())),
      Body: payload(blob()),
    }),
    output: structure({ ETag: header("ETag", string()) }),
    errors: [],
  },
  {
    name: "GetObject",
    http: { method: "GET", path: "/{Bucket}/{Key+}" },
    input: structure({
      Bucket: label(string()),
      Key: label(string()),
      Range: header("Range", string()),
      IfModifiedSince: header("If-Modified-Since", timestamp()),
    }),
    output: structure({
      Status: statusCode(),
      ContentType: header("Content-Type", string()),
      ContentRange: header("Content-Range", string()),
      Metadata: prefixHeaders("x-amz-meta-", map(string())),
      Body: payload(blob()),
    }),
    errors: [],
  },
  {
    name: "ListObjectsV2",
    http: { method: "GET", path: "/{Bucket}" },
    input: structure({
      Bucket: label(string()),
      Prefix: query("prefix", string()),
      MaxKeys: query("max-keys", integer()),
    }),
    output: structure({ Body: payload(string({ mediaType: "application/xml" })) }),
    errors: [],
  },
  {
    name: "DeleteObject",
    http: { method: "DELETE", path: "/{Bucket}/{Key+}", status: 204 },
    input: structure({ Bucket: label(string()), Key: label(string()) }),
    errors: [],
  },
];

function byName(contracts: readonly RestContract[]): ReadonlyMap<string, RestContract> {
  return new Map(contracts.map((contract) => [contract.name, contract]));
}

export const lambdaContracts = byName(lambda);
export const schedulerContracts = byName(scheduler);
export const s3Contracts = byName(s3);
