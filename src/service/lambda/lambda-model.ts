import type { ServiceModel } from "../../model/contract.ts";
import type { OperationOutline } from "../service.ts";

/** What the wire formats and the router know of AWS Lambda. */
export const lambdaModel: ServiceModel = {
  id: "lambda",
  title: "AWS Lambda",
  runsCode: true,
  apiVersion: "2015-03-31",
  protocols: ["restJson1"],
  hasErrorType: true,
  resourceMembers: ["FunctionName", "Resource"],
  maxBodyBytes: 72 * 1024 * 1024,
  maxDocumentBytes: 1024 * 1024,
  gaps: [
    "Layers, function URLs, provisioned concurrency, code signing, capacity providers and durable executions are not there.",
    "Signatures are not verified; requests without one are accepted.",
    "A function is active, and an update is done, by the time of the next request.",
    "Roles are not assumed and policies not enforced.",
  ],
};

/** The operations that are served, and where they are found. */
export const lambdaOperations = [
  { name: "AddPermission", http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/policy", status: 201 } },
  { name: "CreateAlias", http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/aliases", status: 201 } },
  {
    name: "CreateEventSourceMapping",
    http: { method: "POST", path: "/2015-03-31/event-source-mappings", status: 202 },
  },
  { name: "CreateFunction", http: { method: "POST", path: "/2015-03-31/functions", status: 201 } },
  {
    name: "DeleteAlias",
    http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}/aliases/{Name}", status: 204 },
  },
  {
    name: "DeleteEventSourceMapping",
    http: { method: "DELETE", path: "/2015-03-31/event-source-mappings/{UUID}", status: 202 },
  },
  {
    name: "DeleteFunctionConcurrency",
    http: { method: "DELETE", path: "/2017-10-31/functions/{FunctionName}/concurrency", status: 204 },
  },
  {
    name: "DeleteFunctionEventInvokeConfig",
    http: { method: "DELETE", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: 204 },
  },
  { name: "DeleteFunction", http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}", status: 204 } },
  { name: "GetAccountSettings", http: { method: "GET", path: "/2016-08-19/account-settings" } },
  { name: "GetAlias", http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/aliases/{Name}" } },
  { name: "GetEventSourceMapping", http: { method: "GET", path: "/2015-03-31/event-source-mappings/{UUID}" } },
  {
    name: "GetFunctionCodeSigningConfig",
    http: { method: "GET", path: "/2020-06-30/functions/{FunctionName}/code-signing-config" },
  },
  { name: "GetFunctionConcurrency", http: { method: "GET", path: "/2019-09-30/functions/{FunctionName}/concurrency" } },
  {
    name: "GetFunctionConfiguration",
    http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/configuration" },
  },
  {
    name: "GetFunctionEventInvokeConfig",
    http: { method: "GET", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config" },
  },
  {
    name: "GetFunctionRecursionConfig",
    http: { method: "GET", path: "/2024-08-31/functions/{FunctionName}/recursion-config" },
  },
  { name: "GetFunction", http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}" } },
  { name: "GetPolicy", http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/policy" } },
  {
    name: "GetRuntimeManagementConfig",
    http: { method: "GET", path: "/2021-07-20/functions/{FunctionName}/runtime-management-config" },
  },
  {
    name: "InvokeAsync",
    http: { method: "POST", path: "/2014-11-13/functions/{FunctionName}/invoke-async", status: 202 },
  },
  {
    name: "InvokeWithResponseStream",
    http: { method: "POST", path: "/2021-11-15/functions/{FunctionName}/response-streaming-invocations" },
  },
  { name: "Invoke", http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/invocations" } },
  { name: "ListAliases", http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/aliases" } },
  { name: "ListEventSourceMappings", http: { method: "GET", path: "/2015-03-31/event-source-mappings" } },
  {
    name: "ListFunctionEventInvokeConfigs",
    http: { method: "GET", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config/list" },
  },
  { name: "ListFunctions", http: { method: "GET", path: "/2015-03-31/functions" } },
  { name: "ListTags", http: { method: "GET", path: "/2017-03-31/tags/{Resource}" } },
  { name: "ListVersionsByFunction", http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/versions" } },
  {
    name: "PublishVersion",
    http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/versions", status: 201 },
  },
  { name: "PutFunctionConcurrency", http: { method: "PUT", path: "/2017-10-31/functions/{FunctionName}/concurrency" } },
  {
    name: "PutFunctionEventInvokeConfig",
    http: { method: "PUT", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config" },
  },
  {
    name: "PutFunctionRecursionConfig",
    http: { method: "PUT", path: "/2024-08-31/functions/{FunctionName}/recursion-config" },
  },
  {
    name: "PutRuntimeManagementConfig",
    http: { method: "PUT", path: "/2021-07-20/functions/{FunctionName}/runtime-management-config" },
  },
  {
    name: "RemovePermission",
    http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", status: 204 },
  },
  { name: "TagResource", http: { method: "POST", path: "/2017-03-31/tags/{Resource}", status: 204 } },
  { name: "UntagResource", http: { method: "DELETE", path: "/2017-03-31/tags/{Resource}", status: 204 } },
  { name: "UpdateAlias", http: { method: "PUT", path: "/2015-03-31/functions/{FunctionName}/aliases/{Name}" } },
  {
    name: "UpdateEventSourceMapping",
    http: { method: "PUT", path: "/2015-03-31/event-source-mappings/{UUID}", status: 202 },
  },
  { name: "UpdateFunctionCode", http: { method: "PUT", path: "/2015-03-31/functions/{FunctionName}/code" } },
  {
    name: "UpdateFunctionConfiguration",
    http: { method: "PUT", path: "/2015-03-31/functions/{FunctionName}/configuration" },
  },
  {
    name: "UpdateFunctionEventInvokeConfig",
    http: { method: "POST", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config" },
  },
] as const satisfies readonly OperationOutline[];
