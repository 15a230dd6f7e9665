import { changeErrors, kmsErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { checkEncryptionType, checkKeyRegion, encryptionInput, encryptionRefusal } from "../stream/encryption.ts";

/** Has records that come from now on encrypted. API_StartStreamEncryption. */
export const startStreamEncryption = streamOperation({
  name: "StartStreamEncryption",
  rate: { perSecond: 5 },
  input: encryptionInput,
  errors: [...changeErrors, ...kmsErrors],
  gaps: [
    "KeyId is stored and shown, nothing is encrypted.",
    "No KMS key is ever used, so no KMS error occurs but that of a key in another region.",
  ],
  handle({ stream }, { EncryptionType, KeyId }) {
    checkEncryptionType(EncryptionType);
    checkKeyRegion(KeyId, stream);
    const outcome = stream.configuration.startEncryption(KeyId);
    if (outcome !== "changed") throw encryptionRefusal(outcome, stream);
  },
});
