import type { Place } from "../../operate.ts";
import type { DeclaredFunction } from "../../world/world.ts";

/** A function as it is and as it is declared. */
export interface PlacedFunction {
  readonly found: "missing" | "same" | "other";
  /** Has it be as it is declared. Throws AwsErrors. */
  make(): void;
  /** Has it be as it was, if it was there. */
  undo(): void;
}

interface WantedFunction {
  readonly place: Place;
  readonly declared: DeclaredFunction;
  readonly deadLetterArn: string | undefined;
}

/** Has functions be there in ways that AWS's operations know nothing of. Throws DocumentError about what cannot be one. */
export type PlaceFunction = (wanted: WantedFunction) => Promise<PlacedFunction>;

/** A function with what a file would say of how it is run, or why no file can. */
export type DescribedFunction =
  | { readonly name: string; readonly options: DeclaredFunction["options"] }
  | { readonly name: string; readonly flaw: string };

/** The functions of an account and region, by name. */
export type DescribeFunctions = (place: Place) => Promise<readonly DescribedFunction[]>;
