import { createHash } from "node:crypto";

/** Where a resource lives. State of one scope is never seen from another. */
export interface Scope {
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

const PARTITION_OF_PREFIX: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** The partition a region belongs to, judged by its name. */
export function partitionOf(region: string): string {
  return PARTITION_OF_PREFIX.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

export function scopeOf(account: string, region: string): Scope {
  return { partition: partitionOf(region), region, account };
}

/** One string per scope, for use as a key. The partition follows from the region. */
export function scopeKey(scope: Scope): string {
  return `${scope.account}/${scope.region}`;
}

/** Whether the text has the form of an account id. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** Letters and digits of AWS's unique ids: those of base 32. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ID_LENGTH = 17;
const REMEMBERED_ACCOUNTS = 1000;

const userIds = new Map<string, string>();

/** The unique id of the one IAM user every account has: `AIDA` and seventeen more, the same for an account for ever. */
export function callerUserId(account: string): string {
  const known = userIds.get(account);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(`waystation:${account}`).digest();
  const id = `AIDA${Array.from(digest.subarray(0, ID_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join("")}`;
  if (userIds.size >= REMEMBERED_ACCOUNTS) userIds.clear();
  userIds.set(account, id);
  return id;
}

export function callerArn({ partition, account }: Scope): string {
  return `arn:${partition}:iam::${account}:user/waystation`;
}
