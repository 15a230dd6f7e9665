/** Equal for texts that differ in case only. */
export function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}
