/** An account. */
export const account = { type: "string", pattern: "^\\d{12}$", description: "An account id has 12 digits." } as const;

/** The plus of a phone number means a blank in a query string, and is easily forgotten to be escaped. */
export function phoneNumber(text: string): string {
  return text.replace(/^ (?=\d)/, "+");
}
