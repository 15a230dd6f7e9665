import { expect, test } from "vitest";
import { anS3 } from "../../support/s3.ts";

/** STS as its wire is. */
function anSts() {
  const { send, ...rest } = anS3("sts");
  const ask = (Action: string, input: Readonly<Record<string, string>> = {}, account?: string) =>
    send("POST /", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ Action, Version: "2011-06-15", ...input }).toString(),
      ...(account !== undefined && { account }),
    });
  return { ask, ...rest };
}

const ROLE = { RoleArn: "arn:aws:iam::111111111111:role/path/deploy", RoleSessionName: "cdk" };

test("whoever assumes a role acts in its account, for an hour", async () => {
  await using sts = anSts();
  const assumed = await sts.ask("AssumeRole", ROLE);
  expect(assumed.status).toBe(200);
  expect(assumed.all("Arn")).toEqual(["arn:aws:sts::111111111111:assumed-role/deploy/cdk"]);
  expect(assumed.all("AssumedRoleId")[0]).toMatch(/^AROA[A-Z0-9]{17}:cdk$/);
  expect(assumed.all("SessionToken")[0]).not.toBe("");
  expect(assumed.all("Expiration")[0]).toMatch(/^2026-01-02T04:04:05/);
  const [key] = assumed.all("AccessKeyId");
  expect((await sts.ask("GetCallerIdentity", {}, key)).all("Account")).toEqual(["111111111111"]);
});

test("a session lasts as long as is wanted", async () => {
  await using sts = anSts();
  const assumed = await sts.ask("AssumeRole", { ...ROLE, DurationSeconds: "900", SourceIdentity: "me" });
  expect(assumed.all("Expiration")[0]).toMatch(/^2026-01-02T03:19:05/);
  expect(assumed.all("SourceIdentity")).toEqual(["me"]);
});

test.for([
  [{ RoleArn: "arn:aws:iam::111111111111:user/somebody" }, "is invalid"],
  [{ RoleArn: "no arn of a role at all" }, "is invalid"],
  [{ RoleArn: "short" }, "Member must have length greater than or equal to 20"],
  [{ RoleSessionName: "a b" }, "Member must satisfy regular expression pattern"],
  [{ RoleSessionName: "x" }, "Member must have length greater than or equal to 2"],
  [{ DurationSeconds: "899" }, "Member must have value greater than or equal to 900"],
  [{ DurationSeconds: "43201" }, "Member must have value less than or equal to 43200"],
] as const)("no role is assumed with %j", async ([given, message]) => {
  await using sts = anSts();
  const refused = await sts.ask("AssumeRole", { ...ROLE, ...given });
  expect(refused).toMatchObject({ status: 400, code: "ValidationError" });
  expect(refused.text).toContain(message);
});

test("a role has one id, whenever it is assumed", async () => {
  await using sts = anSts();
  const [first] = (await sts.ask("AssumeRole", ROLE)).all("AssumedRoleId");
  expect((await sts.ask("AssumeRole", ROLE)).all("AssumedRoleId")).toEqual([first]);
  const other = await sts.ask("AssumeRole", { ...ROLE, RoleArn: `${ROLE.RoleArn}er` });
  expect(other.all("AssumedRoleId")).not.toEqual([first]);
});

const TAGS = { "Tags.member.1.Key": "Team", "Tags.member.1.Value": "a" };

test.for([
  [{ ...TAGS, "TransitiveTagKeys.member.1": "Other" }, "must be included in the requested tags."],
  [{ "TransitiveTagKeys.member.1": "Team" }, "must be included in the requested tags."],
  [{ ...TAGS, "Tags.member.2.Key": "TEAM", "Tags.member.2.Value": "b" }, "Tag keys are case insensitive."],
] as const)("a session cannot have the tags of %j", async ([given, message]) => {
  await using sts = anSts();
  const refused = await sts.ask("AssumeRole", { ...ROLE, ...given });
  expect(refused).toMatchObject({ status: 400, code: "InvalidParameterValue" });
  expect(refused.text).toContain(message);
});

test("the size of what is passed is told where anything is", async () => {
  await using sts = anSts();
  expect((await sts.ask("AssumeRole", ROLE)).all("PackedPolicySize")).toEqual([]);
  const tagged = await sts.ask("AssumeRole", { ...ROLE, ...TAGS, "TransitiveTagKeys.member.1": "tEAM" });
  expect(tagged.all("PackedPolicySize")).toEqual(["1"]);
  const restricted = await sts.ask("AssumeRole", { ...ROLE, Policy: `{"Statement":[]}${" ".repeat(1008)}` });
  expect(restricted.all("PackedPolicySize")).toEqual(["50"]);
});

test("a policy that is passed is JSON", async () => {
  await using sts = anSts();
  const refused = await sts.ask("AssumeRole", { ...ROLE, Policy: "{" });
  expect(refused).toMatchObject({ status: 400, code: "MalformedPolicyDocument" });
});

test("policies that are passed have 2,048 characters together, and are ten", async () => {
  await using sts = anSts();
  const arn = `arn:aws:iam::111111111111:policy/${"p".repeat(100)}`;
  const policy = (length: number) => ({ Policy: "{}".padEnd(length), "PolicyArns.member.1.arn": arn });
  expect((await sts.ask("AssumeRole", { ...ROLE, ...policy(2048 - arn.length) })).all("PackedPolicySize")).toEqual([
    "100",
  ]);
  const refused = await sts.ask("AssumeRole", { ...ROLE, ...policy(2049 - arn.length) });
  expect(refused).toMatchObject({ status: 400, code: "PackedPolicyTooLarge" });
  expect(refused.text).toContain("Packed policy consumes 101% of allotted space, please use smaller policy.");
  const many = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`PolicyArns.member.${index + 1}.arn`, "arn:aws:iam::aws:policy/A"]),
  );
  const tooMany = await sts.ask("AssumeRole", { ...ROLE, ...many });
  expect(tooMany.text).toContain("Member must have length less than or equal to 10");
});

test("what is missing is said", async () => {
  await using sts = anSts();
  expect((await sts.ask("AssumeRole", { RoleArn: ROLE.RoleArn })).text).toContain("roleSessionName");
});
