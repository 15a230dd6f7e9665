/** What has to be known of a queue that a function is to be invoked with. */
interface SourceQueue {
  readonly visibilityTimeoutMs: number;
}

/** What there is to read from, by ARN. */
export interface EventSources {
  /** The queue of that ARN; undefined when there is none. */
  queue(arn: string): SourceQueue | undefined;
  /** Whether there is a stream, or a consumer of one, of that ARN. */
  hasStream(arn: string): boolean;
}
