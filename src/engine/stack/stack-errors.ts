import { awsError } from "../../kernel/aws-error.ts";

/** What is wrong with a request, a template or the state of a stack. Not in the model. */
export const StackError = awsError("ValidationError", { isModelled: false, message: (text: string) => text });

export const AlreadyExists = awsError("AlreadyExistsException", { message: (text: string) => text });

export const LimitExceeded = awsError("LimitExceededException", { message: (text: string) => text });

export const ChangeSetNotFound = awsError("ChangeSetNotFoundException", {
  queryCode: "ChangeSetNotFound",
  status: 404,
  message: (named: string) => `ChangeSet [${named}] does not exist`,
});
