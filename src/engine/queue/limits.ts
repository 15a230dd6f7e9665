/*
 * What no queue goes beyond, whatever it is set to. SQS developer guide, message quotas.
 */

/** From the receive on, however often the timeout is changed. */
export const LONGEST_VISIBILITY_MS = 12 * 60 * 60_000;
export const LONGEST_DELAY_MS = 15 * 60_000;
export const LONGEST_WAIT_MS = 20_000;
/** Of a message, and of all messages of a batch together. */
export const LARGEST_MESSAGE_BYTES = 1_048_576;
export const MOST_ATTRIBUTES = 10;
