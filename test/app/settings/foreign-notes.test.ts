import { expect, test } from "vitest";
import { foreignNotes } from "../../../src/app/settings/foreign-notes.ts";

const served = ["sqs", "sns", "kinesis", "s3"];
const nothing = { dataDir: undefined, store: undefined };

test.for([
  ["sqs,sns", []],
  ["SQS, sns:4575", []],
  ["", []],
  ["web,api", []],
  ["sqs,dynamodb", ["SERVICES names dynamodb, not served here: AWS_ENDPOINT_URL_DYNAMODB sends clients elsewhere"]],
  [
    "s3,cognito-idp:1,events",
    ["SERVICES names cognito-idp and events, not served here: AWS_ENDPOINT_URL_COGNITO_IDP sends clients elsewhere"],
  ],
] as const)("SERVICES=%s", ([SERVICES, notes]) => {
  expect(foreignNotes({ SERVICES }, { config: nothing, served })).toEqual(notes);
});

test.for([
  ["1", nothing, 1],
  ["True", nothing, 1],
  ["0", nothing, 0],
  ["1", { ...nothing, dataDir: "./state" }, 0],
  ["1", { ...nothing, store: "postgres://localhost" }, 0],
] as const)("PERSISTENCE=%s with %o is noted %i times", ([PERSISTENCE, config, count]) => {
  const notes = foreignNotes({ PERSISTENCE }, { config, served });
  expect(notes).toEqual(Array(count).fill(expect.stringContaining("WAYSTATION_DATA_DIR")));
});
