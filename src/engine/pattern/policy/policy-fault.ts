import { type CompactSource, MAX_SHOWN } from "../json/compact-source.ts";

/** Why a filter policy is refused, in the words of the rule engine behind AWS. */
export class PolicyFault extends Error {
  /** Where the engine stood in the compact text; a few faults have no place. */
  readonly column: number | undefined;

  constructor(message: string, column: number | undefined) {
    super(message);
    this.column = column;
  }
}

/** A column of a one-line text as Jackson prints it when it may show the text: its first 500 characters. */
export function sourceLocation({ beginning, length }: CompactSource, column: number): string {
  const shown = beginning.slice(0, MAX_SHOWN).replace(/[\u007f-\u009f]/g, escapeControl);
  const rest = length > MAX_SHOWN ? `[truncated ${length - MAX_SHOWN} chars]` : "";
  return `[Source: (String)"${shown}"${rest}; line: 1, column: ${column}]`;
}

/** Other control characters the text has escaped already. */
function escapeControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
