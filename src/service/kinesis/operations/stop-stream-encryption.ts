import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { checkEncryptionType, encryptionInput, encryptionRefusal } from "../stream/encryption.ts";

/** Has records that come from now on left as they are. API_StopStreamEncryption. */
export const stopStreamEncryption = streamOperation({
  name: "StopStreamEncryption",
  rate: { perSecond: 5 },
  input: encryptionInput,
  errors: changeErrors,
  gaps: ["Any KeyId will do, since what AWS says of another key than the present one is not known."],
  handle({ stream }, { EncryptionType }) {
    checkEncryptionType(EncryptionType);
    const outcome = stream.configuration.stopEncryption();
    if (outcome !== "changed") throw encryptionRefusal(outcome, stream);
  },
});
