import { awsError } from "../../../src/kernel/aws-error.ts";
import { checked } from "../../../src/model/check.ts";
import { blob, integer, required, string, structure } from "../../../src/model/shape.ts";
import type { Call, Operation } from "../../../src/service/service.ts";

export interface NotesContext {
  readonly call: Call;
  /** By account. */
  readonly notes: Map<string, string[]>;
  /** Notes per account. */
  readonly limit: number;
}

const ValidationException = awsError("ValidationException", { message: (member: string) => `${member} is missing.` });

const LimitExceededException = awsError("LimitExceededException", { message: () => "There are enough notes." });

const input = structure({ Text: required(string()), Attachment: blob() });

export const addNote: Operation<NotesContext> = {
  name: "AddNote",
  input,
  output: structure({ Count: integer(), Attachment: blob() }),
  errors: [ValidationException, LimitExceededException],
  run({ call, notes, limit }, given) {
    const { Text, Attachment } = checked(input, given, ([first]) => new ValidationException(first?.member ?? ""));
    const own = [...(notes.get(call.scope.account) ?? []), Text];
    if (own.length > limit) throw new LimitExceededException();
    notes.set(call.scope.account, own);
    return { Count: own.length, Attachment };
  },
};
