import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  arnOf,
  clause,
  conflict,
  f,
  invalid,
  noFunction,
  notFound,
  STALE,
  violation,
  withFunction,
} from "../../support/lambda.ts";

// Lambda reference 3.6 and 3.7

describe("permissions", () => {
  const permission = { StatementId: "s", Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
  const statement = {
    Sid: "s",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: arnOf("f"),
  };

  test("make a policy, of which nothing is left when the last is removed", async () => {
    const { call, failure } = await withFunction();
    const SourceArn = `arn:aws:sns:us-east-1:${ACCOUNT}:t`;
    const added = await call("AddPermission", { ...f, ...permission, SourceArn, SourceAccount: ACCOUNT });
    const full = {
      ...statement,
      Condition: { StringEquals: { "AWS:SourceAccount": ACCOUNT }, ArnLike: { "AWS:SourceArn": SourceArn } },
    };
    expect(added).toEqual({ Statement: JSON.stringify(full) });
    const { Policy, RevisionId } = await call("GetPolicy", f);
    expect(Policy).toBe(JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: [full] }));
    const again = { ...f, ...permission, StatementId: "t", RevisionId };
    await call("AddPermission", again);
    expect(await failure("AddPermission", { ...again, StatementId: "u" })).toBe(
      `${STALE} GetPolicy API to retrieve the latest Revision Id`,
    );
    for (const StatementId of ["s", "t"]) await call("RemovePermission", { ...f, StatementId });
    expect(await failure("GetPolicy", f)).toBe(notFound("The resource you requested does not exist."));
    expect(await failure("RemovePermission", { ...f, StatementId: "s" })).toBe(
      notFound("No policy is associated with the given resource."),
    );
    expect(await failure("RemovePermission", { FunctionName: "g", StatementId: "s" })).toBe(
      notFound(`No policy found for: ${arnOf("g")}`),
    );
  });

  test.for<[principal: string, shown: unknown]>([
    ["111111111111", { AWS: "arn:aws:iam::111111111111:root" }],
    ["arn:aws:iam::111111111111:role/r", { AWS: "arn:aws:iam::111111111111:role/r" }],
    ["*", "*"],
    ["events.amazonaws.com", { Service: "events.amazonaws.com" }],
  ])("for %s say so", async ([Principal, shown]) => {
    const { call } = await withFunction();
    const { Statement } = await call("AddPermission", { ...f, ...permission, Principal });
    expect(JSON.parse(Statement).Principal).toEqual(shown);
  });

  test("belong to the qualifier they are given for", async () => {
    const { call, failure } = await withFunction();
    await call("PublishVersion", f);
    const { Statement } = await call("AddPermission", { ...f, ...permission, Qualifier: "1" });
    expect(JSON.parse(Statement).Resource).toBe(arnOf("f:1"));
    expect(await failure("GetPolicy", f)).toMatch(/^404/);
    await call("DeleteFunction", { ...f, Qualifier: "1" });
    expect(await failure("GetPolicy", { ...f, Qualifier: "1" })).toMatch(/^404/);
  });

  test.for<[what: string, change: object, error: string]>([
    [
      "a statement id that is none",
      { StatementId: "a b" },
      violation(clause("a b", "statementId", "Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)")),
    ],
    ["$LATEST", { Qualifier: "$LATEST" }, invalid("We currently do not support adding policies for $LATEST.")],
    ["a version that is not there", { Qualifier: "9" }, noFunction(arnOf("f:9"))],
    [
      "how callers of a URL are known, without one",
      { FunctionUrlAuthType: "NONE" },
      invalid("FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action"),
    ],
    [
      "a principal that is none",
      { Principal: "somebody" },
      invalid("The provided principal was invalid. Please check the principal and try again."),
    ],
    [
      "a statement that there is",
      {},
      conflict(
        "The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.",
      ),
    ],
  ])("are not added for %s", async ([, change, error]) => {
    const { call, failure } = await withFunction();
    await call("AddPermission", { ...f, ...permission });
    expect(await failure("AddPermission", { ...f, ...permission, ...change })).toBe(error);
  });

  test("make a policy of 20 KB at most", async () => {
    const { call, failure } = await withFunction();
    const add = (at: number) => ({ ...f, ...permission, StatementId: `${"s".repeat(90)}${at}` });
    let added = 0;
    for (; added < 60; added++) await call("AddPermission", add(added));
    let text = "";
    while (text === "") text = await failure("AddPermission", add(added++)).catch(() => "");
    expect(text).toMatch(/^400 PolicyLengthExceededException: The final policy size \(\d+\) is bigger than the limit/);
  });

  test("are removed by an id that there is", async () => {
    const { call, failure } = await withFunction();
    await call("AddPermission", { ...f, ...permission });
    expect(await failure("RemovePermission", { ...f, StatementId: "x" })).toBe(
      notFound("Statement x is not found in resource policy."),
    );
  });
});

describe("reserved concurrency", () => {
  const reserve = (n: number, more: object = {}) => ({ ...f, ReservedConcurrentExecutions: n, ...more });

  test("is set, shown and given back", async () => {
    const { call } = await withFunction();
    expect(await call("GetFunctionConcurrency", f)).toEqual({});
    expect(await call("PutFunctionConcurrency", reserve(0))).toEqual({ ReservedConcurrentExecutions: 0 });
    await call("PutFunctionConcurrency", reserve(900));
    expect((await call("GetFunction", f)).Concurrency).toEqual({ ReservedConcurrentExecutions: 900 });
    expect(await call("GetFunction", { ...f, Qualifier: "$LATEST" })).not.toHaveProperty("Concurrency");
    const { AccountLimit } = await call("GetAccountSettings");
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 });
    await call("DeleteFunctionConcurrency", f);
    expect(await call("GetFunctionConcurrency", f)).toEqual({});
  });

  test("leaves 100 for the others, and belongs to functions only", async () => {
    const { failure } = await withFunction();
    expect(await failure("PutFunctionConcurrency", reserve(901))).toBe(
      invalid(
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      ),
    );
    expect(await failure("PutFunctionConcurrency", reserve(1, { FunctionName: "f:1" }))).toBe(
      invalid(
        "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
      ),
    );
    expect(await failure("PutFunctionConcurrency", reserve(901, { FunctionName: "g" }))).toBe(
      noFunction(arnOf("g:$LATEST")),
    );
  });
});
