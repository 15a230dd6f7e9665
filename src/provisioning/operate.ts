/** Account and region, where names are unique. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** Scheme and authority for URLs in answers; the server's own unless given. */
  readonly origin?: string;
  /** ARN of the stack that has it called for one of its resources. */
  readonly stackId?: string;
}

/**
 * Runs an operation of a served service as if it were called over the wire, by its id and name. The input is plain JSON in
 * AWS's words; blobs may be bytes or base64. Throws AwsErrors.
 */
export type Operate = (service: string, operation: string, input: object, place: Place) => Promise<unknown>;
