/** What is known to differ from AWS in the attributes of a subscription, whichever operation sets them. */
export const subscriptionGaps: readonly string[] = [
  "A dead-letter queue may be in another account or region; nothing gets there.",
  "Replays are done at once and never fail.",
  "A filter policy that names a path twice, by `$or` or dots, is refused; AWS's engine can be set to let the last one count instead.",
  "A filter policy with more behind its JSON is refused; whether AWS overlooks that is not known.",
  "Filter policies compare numbers as exactly as a double can, also beyond the ±10⁹ and the five decimals that AWS promises.",
  "Retries have no jitter, and of backoff functions other than linear AWS says no more than where they begin and end.",
  "A delivery policy may take more than an hour and ends when that is over; AWS's console refuses it.",
];
