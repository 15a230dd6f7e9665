/** Where the control routes are found; every other path belongs to AWS. */
export const CONTROL_PREFIX = "/_waystation/";

/**
 * Marks what the emulator itself posts. A topic's subscription can name any URL, and whoever may subscribe must not have
 * the emulator call its own control routes.
 */
export const DELIVERY_HEADER = "X-Waystation-Delivery";
