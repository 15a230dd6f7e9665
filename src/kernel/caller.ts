import { createHash } from "node:crypto";
import type { Scope } from "./scope.ts";

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
