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
