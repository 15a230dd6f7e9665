import { JsonCursor } from "../../kernel/json/json-cursor.ts";
import { isJsonObject, parseJsonObject } from "../../kernel/json/json-object.ts";
import { present } from "../../kernel/present.ts";
import { listOf, statementsOf } from "../policy-statement.ts";
import { invalidArgument } from "./refusals.ts";

/** Throws InvalidArgumentException unless the text is a policy for the resource. */
export function checkPolicy(text: string, resourceArn: string): void {
  const policy = parseJsonObject(text);
  // The text is ours.
  if (policy === undefined) throw invalidArgument("Policy is not a JSON object.");
  statementsOf(policy).forEach((statement, index) => {
    const problem = problemOf(statement, resourceArn);
    if (problem !== undefined) throw invalidStatement(text, index, problem);
  });
}

/** Throws InvalidArgumentException when nobody is named; yields what else is the matter with a statement. */
function problemOf(statement: unknown, resourceArn: string): string | undefined {
  const { Principal, NotPrincipal, Action, Resource } = isJsonObject(statement) ? statement : {};
  if (NotPrincipal !== undefined) throw invalidArgument("Policy validation error: Has prohibited field NotPrincipal");
  if (Principal === undefined) throw invalidArgument("Policy validation error: Missing required field Principal");
  // AWS: actions cannot be patterns. How the text begins is not known.
  if (listOf(Action).some(isPattern)) return "Action field cannot contain invalid actions";
  if (listOf(Action).some(isOfOtherService)) {
    return "Action field includes AWS services that are inconsistent with specified vendor";
  }
  if (listOf(Resource).some((resource) => resource !== resourceArn)) {
    return "The resource policy's resource must be the same as the resource ARN.";
  }
  return undefined;
}

function isPattern(action: unknown): boolean {
  return /[*?]/.test(String(action));
}

function isOfOtherService(action: unknown): boolean {
  const [service = "", ...name] = String(action).split(":");
  return name.length > 0 && service.toLowerCase() !== "kinesis";
}

function invalidStatement(text: string, index: number, problem: string) {
  const before = text.slice(0, statementStart(text, index));
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return invalidArgument(
    `Policy validation error: Resource policy contains invalid statement at line ${line}, column ${column}: ${problem}`,
  );
}

/** Where in a policy, which is known to be one, a statement begins, in characters. */
function statementStart(text: string, index: number): number {
  const bytes = Buffer.from(text);
  const cursor = new JsonCursor(bytes, () => invalidArgument("Policy is not a JSON object."));
  let starts: number[] = [];
  cursor.kind();
  const end = cursor.open();
  for (let taken = 0; cursor.hasAnother(end, taken); taken++) {
    if (cursor.key() === "Statement") starts = startsOf(cursor);
    else cursor.skip();
  }
  return bytes.toString("utf8", 0, present(starts[index], "the start of a statement")).length;
}

/** Where the values of a list begin, or the one value that there is. */
function startsOf(cursor: JsonCursor): number[] {
  const starts: number[] = [];
  const take = (): void => {
    starts.push(cursor.position());
    cursor.skip();
  };
  if (cursor.kind() !== "list") {
    take();
    return starts;
  }
  const end = cursor.open();
  while (cursor.hasAnother(end, starts.length)) take();
  return starts;
}
