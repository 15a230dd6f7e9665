import type { Stream } from "../../../engine/stream/stream.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { required, structure } from "../../../model/shape.ts";
import { KMSNotFoundException, LimitExceededException } from "../errors.ts";
import { invalidArgument, notActive, under } from "../refusals.ts";
import { encryptionType, keyId, streamAddress } from "../shapes.ts";

/** What the operations that start and stop encryption take. */
export const encryptionInput = structure({
  ...streamAddress,
  EncryptionType: required(encryptionType),
  KeyId: required(keyId),
});

/** Throws InvalidArgumentException for anything but KMS, also when encryption is to stop. */
export function checkEncryptionType(type: string): void {
  // The text is ours.
  if (type !== "KMS") throw invalidArgument(`EncryptionType must be KMS, not ${type}.`);
}

/** Throws KMSNotFoundException for the ARN of a key, or of an alias, in another region than the stream's. */
export function checkKeyRegion(keyId: string, { scope }: Stream): void {
  const arn = parseArn(keyId);
  if (arn?.service === "kms" && arn.region !== scope.region) {
    throw new KMSNotFoundException(`Invalid arn ${arn.region}`);
  }
}

/** What AWS says instead of starting or stopping. */
export function encryptionRefusal(reason: "notActive" | "tooOften", stream: Stream): AwsError {
  if (reason === "notActive") return notActive(stream);
  // The text is ours.
  return new LimitExceededException(`The encryption of ${under(stream)} was changed too often within 24 hours.`);
}
