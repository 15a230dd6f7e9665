/** Where the control routes are found; every other path belongs to AWS. */
export const CONTROL_PREFIX = "/_waystation/";

/** Where other emulators have routes of their own, which scripts and tests know. No queue's path is below them. */
const OTHERS_PREFIXES = ["/_localstack/", "/_aws/", "/moto-api/"];

/** Whether a path is one of another emulator's own. */
export function isOtherOwnPath(path: string): boolean {
  return OTHERS_PREFIXES.some((prefix) => path.startsWith(prefix));
}

/**
 * Marks what the emulator itself posts. A topic's subscription can name any URL, and whoever may subscribe must not have
 * the emulator call its own control routes.
 */
export const DELIVERY_HEADER = "X-Waystation-Delivery";
