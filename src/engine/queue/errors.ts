/** A receive named an attempt whose messages were deleted, changed or seen again since, so it cannot be repeated. */
export class ReceiveNotRetryable extends Error {
  override readonly name = "ReceiveNotRetryable";
}
