/** AWS's numbers have twenty digits; those seen on topics start like this and come in steps. */
const FIRST = 10_000_000_000_000_000_000n;
const STEP = 1_000n;

/** The sequence number of the topic's message of that rank, counted from 0: twenty digits, greater for later messages. */
export function topicSequenceNumber(rank: number): string {
  return String(FIRST + BigInt(rank + 1) * STEP);
}
