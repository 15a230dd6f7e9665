/** Which values something takes: whole numbers from one to another, or one of few texts. */
export type ValueRange = { readonly min: number; readonly max: number } | { readonly values: readonly string[] };

/** The range in words. */
export function rangeText(range: ValueRange): string {
  return "values" in range ? range.values.join(" or ") : `${range.min}–${range.max}`;
}
