import { formatIso8601 } from "../../../kernel/time/iso8601.ts";

/** What is signed of an envelope: its members, by name. */
interface SignedMembers extends Readonly<Record<string, string | undefined>> {
  readonly Type: string;
}

/** Members that are signed, in the order of the string to sign. The guide's page on verifying signatures. */
const SIGNED_OF_NOTIFICATION = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
const SIGNED_OF_CONFIRMATION = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

/** The text a signature is made over: each name and each value on a line of its own, the last one included. */
export function stringToSign(members: SignedMembers): string {
  const names = members.Type === "Notification" ? SIGNED_OF_NOTIFICATION : SIGNED_OF_CONFIRMATION;
  let text = "";
  for (const name of names) {
    const value = members[name];
    if (value !== undefined) text += `${name}\n${value}\n`;
  }
  return text;
}

/**
 * The instant as a signed message states it, a whole second as the millisecond after it: AWS's Java SDK 2 leaves out
 * `.000` before it verifies, so that no signature over a whole second would hold there. A frozen clock is often set to one.
 */
export function signedTimestamp(instant: number): string {
  return formatIso8601(instant % 1000 === 0 ? instant + 1 : instant);
}
