import { awsError } from "../../kernel/aws-error.ts";

/** There is no mapping of that UUID. */
export const MappingNotFound = awsError("ResourceNotFoundException", {
  status: 404,
  messageMember: "Message",
  message: () => "The resource you requested does not exist.",
});

/** There is one of the same source and function. */
export const MappingConflict = awsError("ResourceConflictException", { status: 409, message: (text: string) => text });
