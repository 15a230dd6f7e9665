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
