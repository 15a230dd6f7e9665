import type { ClientRequest } from "node:http";

/** Interim answers that are heard before the answer itself. Servers send one or two: 100, 102 or 103. RFC 9110 §15.2 */
const MOST_INTERIM_ANSWERS = 100;

/**
 * Has a request fail whose server sends interim answers over and over. Without a bound it gets as many as it can read until the request is
 * late, all that while at the expense of everybody else.
 */
export function boundInterimAnswers(sent: ClientRequest): void {
  let heard = 0;
  sent.on("information", () => {
    if (++heard > MOST_INTERIM_ANSWERS) sent.destroy(new Error(`More than ${MOST_INTERIM_ANSWERS} interim answers`));
  });
}
