/** Requests under way on one connection: far more than the SDKs send, a few hundred bytes of state each. */
export const MAX_STREAMS = 1000;

/** So many requests that came together are begun in one turn of the event loop. */
export const REQUESTS_PER_TURN = 64;

/** The most that the fields of a head count for: as much as node:http takes. RFC 9113 §6.5.2 */
export const MAX_HEAD_BYTES = 64 * 1024;

/** How much of its body each request may send without being let: most bodies are shorter. */
export const STREAM_WINDOW_BYTES = 256 * 1024;

/** What bodies that are longer may take in memory together, of one connection. */
export const LONG_BODIES_BYTES = 64 * 1024 * 1024;

/** How much of all bodies together may be on its way. What has come is taken at once, so that no body holds up another. */
export const CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;

/** With so much of answers in memory that the client does not take, its next requests wait. */
export const WAITING_ANSWERS_BYTES = 16 * 1024 * 1024;

/** Requests that the client cancels, or that are none: as many as Node's library lets pass. */
export const CANCELS = { most: 1000, perSecond: 33 };

/** Frames that ask for an answer or for nothing at all: clients send a few a second at most. */
export const CHORES = { most: 10_000, perSecond: 1000 };
