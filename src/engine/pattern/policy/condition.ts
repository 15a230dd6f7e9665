import type { AddressBlock } from "./cidr.ts";
import type { Wildcard } from "./wildcard.ts";

/** A number that no double stands for: it compares with nothing and equals only its own spelling. */
export class InexactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value a condition can name: text, a number, `true`, `false` or `null`. */
export type Literal = string | number | boolean | null | InexactNumber;

/** Numbers between two bounds; a bound that is not given is infinite. */
export interface NumericRange {
  readonly bottom: number;
  readonly isBottomOpen: boolean;
  readonly top: number;
  readonly isTopOpen: boolean;
}

/** A condition on one value. */
export type ValueCondition =
  | { readonly type: "literal"; readonly value: Literal }
  | {
      readonly type: "prefix" | "suffix";
      readonly text: string;
      readonly ignoresCase: boolean;
    }
  | { readonly type: "equals-ignore-case"; readonly text: string }
  | { readonly type: "wildcard"; readonly pattern: Wildcard }
  | { readonly type: "numeric"; readonly range: NumericRange }
  | { readonly type: "cidr"; readonly block: AddressBlock };

/** One entry of the list a field name maps to. */
export type Condition =
  | ValueCondition
  /** Met by any value that meets none of these. */
  | { readonly type: "anything-but"; readonly excluded: readonly ValueCondition[] }
  | { readonly type: "exists"; readonly expected: boolean };
