import type { StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingDue } from "../../../engine/mapping/mapping-due.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { ReaderDeps } from "./reader-deps.ts";
import { StreamSource } from "./stream-source.ts";

interface StreamSourcesDeps extends ReaderDeps {
  /** Calls the listener with the ARN of each stream that is made and of each that gets a consumer, in the middle of it, until the answer is called. */
  readonly listenToStreams: (listener: (streamArn: string) => void) => () => void;
}

/** The stream mappings that are at work, or would be if they were enabled or had their stream. */
export class StreamSources {
  readonly #deps: StreamSourcesDeps;
  readonly #sources = new Map<string, StreamSource>();
  /** Those without a stream, by its ARN. */
  readonly #waiting = new Map<string, Set<StreamSource>>();
  #leave: (() => void) | undefined;

  constructor(deps: StreamSourcesDeps) {
    this.#deps = deps;
  }

  /** Works as the mapping says, new or changed. */
  set(scope: Scope, mapping: StreamMapping): void {
    const key = keyOf(scope, mapping.uuid);
    let source = this.#sources.get(key);
    if (source === undefined) {
      source = new StreamSource({ scope, mapping }, { ...this.#deps, waits: (one) => this.#wait(one) });
      this.#sources.set(key, source);
    }
    source.set(mapping);
    if (!mapping.isEnabled) this.#forgetWaiting(source);
  }

  /** There is no such mapping any more, if there ever was. */
  gone(scope: Scope, uuid: string): void {
    this.#stop(keyOf(scope, uuid));
  }

  /** How many of an account, or of all, call a function or are about to. Looks at each of them. */
  busy(account?: string): number {
    let count = 0;
    for (const source of this.#sources.values()) {
      if (source.isBusy && (account === undefined || source.scope.account === account)) count++;
    }
    return count;
  }

  /** How many lanes of streams of an account, or of all, call their function, or do something by time alone. Looks at each. */
  working(account?: string): number {
    let count = 0;
    for (const source of this.#of(account)) count += source.workingCount;
    return count;
  }

  /** What is done by time alone with streams of an account, by source and the first first. To be read while nothing happens. */
  *upcoming(account: string): Generator<Iterable<MappingDue>, void, void> {
    for (const source of this.#of(account)) yield source.upcoming();
  }

  /** Ends all of them where they are. */
  close(): void {
    for (const key of this.#sources.keys()) this.#stop(key);
  }

  *#of(account: string | undefined): Generator<StreamSource, void, void> {
    for (const source of this.#sources.values()) {
      if (account === undefined || source.account === account) yield source;
    }
  }

  #stop(key: string): void {
    const source = this.#sources.get(key);
    if (source === undefined) return;
    source.stop();
    this.#sources.delete(key);
    this.#forgetWaiting(source);
  }

  #wait(source: StreamSource): void {
    const { streamArn } = source;
    const others = this.#waiting.get(streamArn);
    if (others === undefined) this.#waiting.set(streamArn, new Set([source]));
    else others.add(source);
    // Only while one waits: to be told of what happens to streams costs a text of each record.
    this.#leave ??= this.#deps.listenToStreams((arn) => this.#hear(arn));
  }

  #hear(streamArn: string): void {
    if (this.#waiting.has(streamArn)) queueMicrotask(() => this.#tell(streamArn));
  }

  #tell(streamArn: string): void {
    const waiting = this.#waiting.get(streamArn);
    this.#waiting.delete(streamArn);
    for (const source of waiting ?? []) source.lookForStream();
    this.#leaveUnlessOneWaits();
  }

  #forgetWaiting(source: StreamSource): void {
    const waiting = this.#waiting.get(source.streamArn);
    waiting?.delete(source);
    if (waiting?.size === 0) this.#waiting.delete(source.streamArn);
    this.#leaveUnlessOneWaits();
  }

  #leaveUnlessOneWaits(): void {
    if (this.#waiting.size > 0) return;
    this.#leave?.();
    this.#leave = undefined;
  }
}

function keyOf(scope: Scope, uuid: string): string {
  return `${scopeKey(scope)}/${uuid}`;
}
