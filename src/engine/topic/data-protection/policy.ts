import type { MeteredDetector } from "./detector.ts";

/** Whether a statement is about what publishers send or about what subscribers get. */
export type DataDirection = "Inbound" | "Outbound";

/** A kind of sensitive data a statement looks for. */
export interface DataIdentifier {
  /** `EmailAddress`, or the name of a custom identifier. */
  readonly name: string;
  /** GAP: undefined for AWS's identifiers that take more than a pattern to find; they are accepted and never found. */
  readonly find: MeteredDetector | undefined;
  /** How many steps finding it may take for each character of a text. */
  readonly stepsPerCharacter: number;
}

/** What is done about what is found. */
export type Operation =
  | { readonly kind: "audit"; readonly sampleRate: number }
  /** Puts the character in the place of each one that is found, or removes them where none is given. */
  | { readonly kind: "deidentify"; readonly mask: string | undefined }
  | { readonly kind: "deny" };

export interface Statement {
  readonly direction: DataDirection;
  /** ARNs of publishers or subscribers, or `*`. */
  readonly principals: ReadonlySet<string>;
  readonly identifiers: readonly DataIdentifier[];
  readonly operation: Operation;
}

/** A topic's data protection policy, ready to be applied. */
export interface DataProtectionPolicy {
  readonly statements: readonly Statement[];
}
