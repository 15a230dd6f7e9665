import { parseArn } from "../../../kernel/arn.ts";
import { characterCount } from "../../../kernel/character-count.ts";
import { sha256 } from "../../../kernel/digest.ts";
import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import { integer, list, required, string, structure, timestamp } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { MalformedPolicyDocument, PackedPolicyTooLarge, stsOperation, ValidationError } from "../operation.ts";
import { checkSessionTags } from "../session-tags.ts";

const arn = string({ min: 20, max: 2048 });
const HOUR_MS = 3_600_000;
const SECRET_BYTES = 30;
const ID_LENGTH = 17;
/** AWS: of all policies that are passed, in plain text. API_AssumeRole, Policy and PolicyArns. */
const MOST_CHARACTERS = 2048;
const MOST_POLICIES = 10;

/** What a session is passed that restricts or describes it. */
interface Passed {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
}

/** Lets the caller act in the account of a role. API_AssumeRole, STS API reference. */
export const assumeRole = stsOperation({
  name: "AssumeRole",
  input: structure({
    RoleArn: required(arn),
    RoleSessionName: required(string({ min: 2, max: 64, pattern: pattern("[\\w+=,.@-]*") })),
    PolicyArns: list(structure({ arn: string() }), { max: MOST_POLICIES }),
    Policy: string({ min: 1 }),
    DurationSeconds: integer({ min: 900, max: 43_200 }),
    Tags: list(structure({ Key: required(string()), Value: required(string()) }), { max: 50 }),
    TransitiveTagKeys: list(string(), { max: 50 }),
    ExternalId: string({ min: 2, max: 1224 }),
    SerialNumber: string({ min: 9, max: 256 }),
    TokenCode: string({ min: 6, max: 6 }),
    SourceIdentity: string({ min: 2, max: 256 }),
  }),
  output: structure({
    Credentials: structure({
      AccessKeyId: string(),
      SecretAccessKey: string(),
      SessionToken: string(),
      Expiration: timestamp(),
    }),
    AssumedRoleUser: structure({ AssumedRoleId: string(), Arn: string() }),
    PackedPolicySize: integer(),
    SourceIdentity: string(),
  }),
  errors: [MalformedPolicyDocument, PackedPolicyTooLarge],
  gaps: [
    "Every role there could be can be assumed; policies, tags and time limits of the session make no difference.",
    "PackedPolicySize is that of the text; how AWS packs it is not known.",
    "The access key id is the account's id, so that what is signed with it is done in the account of the role.",
  ],
  handle({ ids, clockOf }, { RoleArn, RoleSessionName, DurationSeconds, SourceIdentity, ...passed }) {
    const { partition, account, resource } = parseArn(RoleArn) ?? {};
    const name = resource?.split("/").at(-1);
    if (partition === undefined || account === undefined || name === undefined || !resource?.startsWith("role/")) {
      throw new ValidationError(`${RoleArn} is invalid`);
    }
    checkSessionTags(passed);
    checkPolicies(passed);
    const lifeMs = DurationSeconds === undefined ? HOUR_MS : DurationSeconds * 1000;
    return {
      Credentials: {
        AccessKeyId: account,
        SecretAccessKey: ids.bytes(SECRET_BYTES).toString("base64"),
        SessionToken: ids.bytes(SECRET_BYTES).toString("base64"),
        Expiration: clockOf(account).now() + lifeMs,
      },
      AssumedRoleUser: {
        AssumedRoleId: `${roleIdOf(RoleArn)}:${RoleSessionName}`,
        Arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${RoleSessionName}`,
      },
      PackedPolicySize: packedPolicySize(passed),
      SourceIdentity,
    };
  },
});

/** The unique id of a role, which is the same whenever it is assumed. */
function roleIdOf(roleArn: string): string {
  return `AROA${sha256(roleArn).toUpperCase().slice(0, ID_LENGTH)}`;
}

function checkPolicies(passed: Passed): void {
  const { Policy } = passed;
  if (Policy !== undefined && parseJsonObject(Policy) === undefined) {
    throw new MalformedPolicyDocument("This policy contains invalid Json");
  }
  const percent = percentOf(policiesOf(passed));
  if (percent > 100) throw new PackedPolicyTooLarge(percent);
}

/** In percent of what a session can be passed. AWS: told only where policies or tags are. */
function packedPolicySize(passed: Passed): number | undefined {
  const { Tags = [] } = passed;
  const percent = percentOf([...policiesOf(passed), ...Tags.flatMap(({ Key, Value }) => [Key, Value])]);
  return percent === 0 ? undefined : percent;
}

function policiesOf({ Policy = "", PolicyArns = [] }: Passed): readonly string[] {
  return [Policy, ...PolicyArns.map(({ arn: text = "" }) => text)];
}

function percentOf(texts: readonly string[]): number {
  return Math.ceil((100 * characterCount(texts.join(""))) / MOST_CHARACTERS);
}
