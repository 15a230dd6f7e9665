import type { PlainMap, Policy } from "./function.ts";
import { checkRevision, type FunctionBook, functionArn, functionNotFound } from "./function-book.ts";
import { PolicyLengthExceeded, ResourceConflict, ResourceNotFound } from "./function-errors.ts";
import { resolved } from "./held-function.ts";

/** AWS: quotas, Lambda developer guide. */
const MOST_POLICY_BYTES = 20 * 1024;

/** A statement, which goes by its `Sid`. */
export interface Statement extends PlainMap {
  readonly Sid: string;
}

/** Who may invoke what. Topics are kept from invoking what they may not; nobody else is. */
export class Policies {
  readonly #book: FunctionBook;

  constructor(book: FunctionBook) {
    this.#book = book;
  }

  /** That of a function, or of its version or alias; none while nobody was permitted anything. */
  find(name: string, qualifier = ""): Policy | undefined {
    return this.#book.find(name)?.policies.get(qualifier);
  }

  /** Adds a statement. Throws ResourceNotFound, PreconditionFailed, ResourceConflict and PolicyLengthExceeded. */
  add(name: string, qualifier: string | undefined, statement: Statement, revisionId?: string): void {
    const record = this.#book.find(name);
    if (record === undefined || resolved(record, qualifier) === undefined) {
      throw functionNotFound(this.#book.scope, name, qualifier);
    }
    const policy = this.find(name, qualifier);
    checkRevision(revisionId, policy ?? { revisionId: "" }, "GetPolicy");
    const { statements = [] } = policy ?? {};
    if (statements.some(({ Sid }) => Sid === statement.Sid)) {
      throw new ResourceConflict(
        `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const after = [...statements, statement];
    const bytes = Buffer.byteLength(policyText(after));
    if (bytes > MOST_POLICY_BYTES) throw new PolicyLengthExceeded(bytes, MOST_POLICY_BYTES);
    this.#set(name, qualifier, after);
  }

  /** Removes a statement, and the policy with its last one. Throws ResourceNotFound and PreconditionFailed. */
  remove(name: string, qualifier: string | undefined, sid: string, revisionId?: string): void {
    if (this.#book.find(name) === undefined) {
      throw new ResourceNotFound(`No policy found for: ${functionArn(this.#book.scope, name, qualifier)}`);
    }
    const policy = this.find(name, qualifier);
    if (policy === undefined) throw new ResourceNotFound("No policy is associated with the given resource.");
    checkRevision(revisionId, policy, "GetPolicy");
    const after = policy.statements.filter(({ Sid }) => Sid !== sid);
    if (after.length === policy.statements.length) {
      throw new ResourceNotFound(`Statement ${sid} is not found in resource policy.`);
    }
    this.#set(name, qualifier, after);
  }

  #set(name: string, qualifier = "", statements: readonly PlainMap[]): void {
    const policy = statements.length === 0 ? {} : { policy: { statements, revisionId: this.#book.revision() } };
    this.#book.record({ type: "policySet", at: this.#book.now(), name, qualifier, ...policy });
  }
}

/** A policy as it is shown. */
export function policyText(statements: readonly PlainMap[]): string {
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
}
