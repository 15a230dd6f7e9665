/** Which part of the archive a subscription wants again. Epoch milliseconds. */
export interface ReplayRequest {
  readonly startingPoint: number;
  /** Unless given, live messages follow once the archive is through. */
  readonly endingPoint: number | undefined;
}

/** In AWS's words. */
export type ReplayStatus = "Pending" | "In progress" | "Completed" | "Failed";
