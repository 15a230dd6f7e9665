/** Why a filter policy is refused, in the words of the rule engine behind AWS. */
export class PolicyFault extends Error {
  /** Where the engine stood in the compact text; a few faults have no place. */
  readonly column: number | undefined;

  constructor(message: string, column: number | undefined) {
    super(message);
    this.column = column;
  }
}
