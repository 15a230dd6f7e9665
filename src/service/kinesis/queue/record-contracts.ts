import { kmsErrors, queueRecordErrors } from "../errors.ts";
import { entriesInput, entriesOutput, receiveInput, receiveOutput, visibilityInput } from "./queue-shapes.ts";

/** What the operations on records say that those on dead letters say as well. */

export const receiving = {
  input: receiveInput,
  output: receiveOutput,
  errors: [...queueRecordErrors, ...kmsErrors],
  gaps: [
    "No KMS key is ever used, so the KMS errors do not occur.",
    "What AWS does with 120,000 records in flight, and how large an answer can be, is not known; here nothing is received, and 10 MiB.",
  ],
};

/** Of operations that take receipt handles and nothing else. */
export const handling = { input: entriesInput, output: entriesOutput, errors: queueRecordErrors };

export const acknowledging = {
  ...handling,
  gaps: [
    "Which receipt handles fail, and how, is not known: here those fail whose record was received again since, and none of a record that is acknowledged.",
  ],
};

export const changingVisibility = {
  ...handling,
  input: visibilityInput,
  gaps: ["Whether AWS bounds the sum of all extensions is not known; here it does not matter."],
};
