import type { StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingDue } from "../../../engine/mapping/mapping-due.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { PlacedMapping, ReaderDeps, ReadStream } from "./reader-deps.ts";
import { StreamReader } from "./stream-reader.ts";

interface StreamSourceDeps extends ReaderDeps {
  /** Has `lookForStream` be called when there may be a stream. */
  readonly waits: (source: StreamSource) => void;
}

/** Between the ARN of a stream and what is a consumer's in it. */
const CONSUMER = "/consumer/";

/** One stream mapping: reads while it is enabled and has its stream, and goes on where it was. */
export class StreamSource {
  readonly scope: Scope;
  readonly #deps: StreamSourceDeps;
  #mapping: StreamMapping;
  #reader: StreamReader | undefined;

  constructor({ scope, mapping }: PlacedMapping, deps: StreamSourceDeps) {
    this.scope = scope;
    this.#mapping = mapping;
    this.#deps = deps;
  }

  get streamArn(): string {
    const { sourceArn } = this.#mapping;
    const end = sourceArn.indexOf(CONSUMER);
    return end < 0 ? sourceArn : sourceArn.slice(0, end);
  }

  /** By whose clock it goes. */
  get account(): string {
    return scopeOfArn(this.#mapping.sourceArn).account;
  }

  get isBusy(): boolean {
    return this.#reader?.isBusy === true;
  }

  /** How many lanes call their function, or do something by time alone. Looks at each. */
  get workingCount(): number {
    return this.#reader?.workingCount ?? 0;
  }

  /** What is done by time alone, the first first. To be read while nothing happens. */
  upcoming(): Iterable<MappingDue> {
    return this.#reader?.upcoming() ?? [];
  }

  /** Works as the mapping says from now on. What it was disabled in the middle of is brought to its end. */
  set(mapping: StreamMapping): void {
    this.#mapping = mapping;
    if (mapping.isEnabled) this.lookForStream();
    else this.#reader?.pause();
  }

  /** Reads its stream, or waits for there to be one. */
  lookForStream(): void {
    if (!this.#mapping.isEnabled) return;
    const found = this.#found();
    if (found?.stream !== this.#reader?.source.stream) this.stop();
    if (found === undefined) return this.#deps.waits(this);
    const placed = { scope: this.scope, mapping: this.#mapping };
    this.#reader ??= new StreamReader(placed, found, {
      ...this.#deps,
      isThere: () => this.#found()?.stream === found.stream,
      lost: () => this.lookForStream(),
    });
    this.#reader.read(placed);
  }

  /** Ends at once. */
  stop(): void {
    this.#reader?.stop();
    this.#reader = undefined;
  }

  #found(): ReadStream | undefined {
    const { sourceArn } = this.#mapping;
    const stream = this.#deps.streamOf(this.streamArn);
    if (stream === undefined || sourceArn === stream.arn) return stream && { stream, consumer: undefined };
    const consumer = stream.consumers.byArn(sourceArn);
    return consumer && { stream, consumer: consumer.name };
  }
}
