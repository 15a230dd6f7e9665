import { awsError } from "../../kernel/aws-error.ts";

export const InsufficientCapabilities = awsError("InsufficientCapabilitiesException", {
  message: (names: string) => `Requires capabilities : [${names}]`,
});

export const TokenAlreadyExists = awsError("TokenAlreadyExistsException", { message: (text: string) => text });

export const StackSetNotFound = awsError("StackSetNotFoundException", {
  status: 404,
  message: (name: string) => `StackSet ${name} not found`,
});

/** Why a change set cannot be executed or deleted now. */
export const InvalidChangeSetStatus = awsError("InvalidChangeSetStatusException", {
  queryCode: "InvalidChangeSetStatus",
  message: (text: string) => text,
});
