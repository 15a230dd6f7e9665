import { parseArn } from "../../../kernel/arn.ts";
import { integer, list, required, string, structure, timestamp } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { stsOperation, ValidationError } from "../operation.ts";

const arn = string({ min: 20, max: 2048 });
const HOUR_MS = 3_600_000;
const SECRET_BYTES = 30;
const ID_BYTES = 10;

/** Lets the caller act in the account of a role. API_AssumeRole, STS API reference. */
export const assumeRole = stsOperation({
  name: "AssumeRole",
  input: structure({
    RoleArn: required(arn),
    RoleSessionName: required(string({ min: 2, max: 64, pattern: pattern("[\\w+=,.@-]*") })),
    PolicyArns: list(structure({ arn: string() })),
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
  errors: [],
  gaps: [
    "Every role there could be can be assumed; policies, tags and time limits of the session make no difference.",
    "The access key id is the account's id, so that what is signed with it is done in the account of the role.",
  ],
  handle({ ids, clockOf }, { RoleArn, RoleSessionName, DurationSeconds, SourceIdentity }) {
    const { partition, account, resource } = parseArn(RoleArn) ?? {};
    const name = resource?.split("/").at(-1);
    if (partition === undefined || account === undefined || name === undefined || !resource?.startsWith("role/")) {
      throw new ValidationError(`${RoleArn} is invalid`);
    }
    const lifeMs = DurationSeconds === undefined ? HOUR_MS : DurationSeconds * 1000;
    return {
      Credentials: {
        AccessKeyId: account,
        SecretAccessKey: ids.bytes(SECRET_BYTES).toString("base64"),
        SessionToken: ids.bytes(SECRET_BYTES).toString("base64"),
        Expiration: clockOf(account).now() + lifeMs,
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROA${ids.bytes(ID_BYTES).toString("hex").toUpperCase().slice(0, 17)}:${RoleSessionName}`,
        Arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${RoleSessionName}`,
      },
      SourceIdentity,
    };
  },
});
