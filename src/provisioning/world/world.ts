import type { Part, Path } from "../document/part.ts";

/** What is to be there, whatever file or variable says so. */
export interface World {
  /** Settings of the server, by name; of a running one they cannot be changed. */
  readonly settings: readonly (readonly [name: string, value: Part])[];
  readonly places: readonly DeclaredPlace[];
  /** What the file says that has no counterpart here, a sentence each. */
  readonly notes: readonly string[];
}

/** What is to be there in an account and region; the server's own unless said. */
export interface DeclaredPlace {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly queues: readonly DeclaredQueue[];
  readonly topics: readonly DeclaredTopic[];
  readonly streams: readonly DeclaredStream[];
  readonly functions: readonly DeclaredFunction[];
}

export type Texts = Readonly<Record<string, string>>;

interface Declared {
  readonly name: string;
  /** Where it stands in its document. */
  readonly path: Path;
  readonly tags: Texts;
}

/** Something sent once into what is created, as AWS's operation takes it. */
export interface Seed {
  readonly input: object;
  readonly path: Path;
}

export interface DeclaredQueue extends Declared {
  /** As CreateQueue takes them. A dead-letter queue may go by its name. */
  readonly attributes: Texts;
  readonly messages: readonly Seed[];
}

export interface DeclaredTopic extends Declared {
  /** As CreateTopic takes them. */
  readonly attributes: Texts;
  readonly dataProtectionPolicy: string | undefined;
  readonly subscriptions: readonly DeclaredSubscription[];
  readonly messages: readonly Seed[];
}

export interface DeclaredSubscription {
  readonly protocol: string;
  /** A queue of the same place may go by its name. */
  readonly endpoint: string;
  readonly attributes: Texts;
  readonly path: Path;
}

export interface DeclaredStream extends Declared {
  /** Properties in AWS's words: ShardCount, RetentionPeriodHours, Policy and more. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly consumers: readonly Declared[];
  readonly records: readonly Seed[];
}

export type DeclaredConsumer = Declared;

export interface DeclaredFunction extends Pick<Declared, "name" | "path"> {
  /** What runs it and how, as programs give it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Queues by name or ARN; with ARNs, whatever AWS takes there. */
  readonly deadLetterQueue?: string;
  readonly onSuccess?: string;
  readonly onFailure?: string;
  readonly eventSources: readonly DeclaredEventSource[];
}

export interface DeclaredEventSource {
  readonly kind: "queue" | "stream";
  /** By name or ARN. */
  readonly source: string;
  /** As CreateEventSourceMapping takes them; `onFailure` is a queue by name or ARN. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly path: Path;
}
