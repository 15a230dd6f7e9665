import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { after } from "../browser/timing.ts";
import { listen, type Step } from "./live.ts";
import { Pace } from "./pace.ts";
import { failureText } from "./use-answer.ts";

/** A part of a listing, and what leads on to the next one. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

interface PagedQuestion<Item> {
  readonly ask: (next: string | undefined, signal: AbortSignal) => Promise<Page<Item>>;
  /** Whether a step changes the listing. Every step does unless given. */
  readonly isChangedBy?: (step: Step) => boolean;
}

/** A page as it was told, and whether it may say something else by now. */
interface KnownPage<Item> extends Page<Item> {
  readonly isStale: boolean;
}

/** As much of a listing as was asked for until now. */
interface Pages<Item> {
  readonly rows: readonly Item[];
  readonly isKnown: boolean;
  readonly failure: string | undefined;
  /** Rows in sight: their pages are kept fresh, and what follows them is asked for. */
  readonly show: (first: number, last: number) => void;
  readonly reload: () => void;
}

/**
 * A listing of any length, page by page. When something changes it, the pages in sight are asked for again, and the others once they
 * come into sight.
 */
export function usePages<Item>(question: PagedQuestion<Item>, keys: readonly unknown[]): Pages<Item> {
  const [pages, setPages] = useState<readonly KnownPage<Item>[]>([]);
  const [failure, setFailure] = useState<string>();
  const latest = useRef(question);
  latest.current = question;
  const loader = useRef<Loader<Item>>(undefined);

  useEffect(() => {
    const own = new Loader<Item>({
      ask: (next, signal) => latest.current.ask(next, signal),
      changed: (known, cause) => {
        setPages(known);
        setFailure(cause);
      },
    });
    loader.current = own;
    own.reload();
    const stopListening = listen((news) => {
      if (news.type !== "step" || (latest.current.isChangedBy?.(news.step) ?? true)) own.reload();
    });
    return () => {
      stopListening();
      own.close();
    };
  }, keys);

  const show = useCallback((first: number, last: number) => loader.current?.show(first, last), []);
  const reload = useCallback(() => loader.current?.reload(), []);
  const rows = useMemo(() => pages.flatMap(({ items }) => items), [pages]);
  return { rows, isKnown: pages.length > 0, failure, show, reload };
}

interface LoaderDeps<Item> {
  readonly ask: PagedQuestion<Item>["ask"];
  readonly changed: (pages: readonly KnownPage<Item>[], failure: string | undefined) => void;
}

/** Loads pages one after the other: those in sight that are stale, then what is behind the last one. */
class Loader<Item> {
  readonly #deps: LoaderDeps<Item>;
  readonly #leaving = new AbortController();
  #pages: readonly KnownPage<Item>[] = [];
  #inSight = { first: 0, last: 0 };
  readonly #pace = new Pace();
  #isAsking = false;
  #cancelNext = (): void => {};

  constructor(deps: LoaderDeps<Item>) {
    this.#deps = deps;
  }

  reload(): void {
    this.#pages = this.#pages.map((page) => ({ ...page, isStale: true }));
    this.#askSoon();
  }

  show(first: number, last: number): void {
    this.#inSight = { first, last };
    if (this.#wanted() !== undefined) this.#askSoon();
  }

  close(): void {
    this.#leaving.abort();
    this.#cancelNext();
  }

  #askSoon(): void {
    if (this.#isAsking || this.#leaving.signal.aborted) return;
    this.#cancelNext();
    this.#cancelNext = after(this.#pace.waitMs, () => void this.#ask());
  }

  /** The place among the pages of one that is to be asked for. */
  #wanted(): number | undefined {
    let end = 0;
    for (const [at, { items, isStale }] of this.#pages.entries()) {
      const start = end;
      end += items.length;
      if (isStale && (at === 0 || (start <= this.#inSight.last && end >= this.#inSight.first))) return at;
    }
    const last = this.#pages.at(-1);
    if (last === undefined) return 0;
    return last.next !== undefined && this.#inSight.last >= end - 1 ? this.#pages.length : undefined;
  }

  async #ask(): Promise<void> {
    const at = this.#wanted();
    if (at === undefined) return;
    const { signal } = this.#leaving;
    this.#isAsking = true;
    try {
      const cursor = at === 0 ? undefined : this.#pages[at - 1]?.next;
      const { items, next } = await this.#pace.take(() => this.#deps.ask(cursor, signal));
      if (signal.aborted) return;
      const behind = next === undefined ? [] : this.#pages.slice(at + 1);
      this.#pages = [...this.#pages.slice(0, at), { items, next, isStale: false }, ...behind];
      this.#deps.changed(this.#pages, undefined);
    } catch (cause) {
      if (signal.aborted) return;
      this.#deps.changed(this.#pages, failureText(cause));
      this.#isAsking = false;
      return;
    }
    this.#isAsking = false;
    if (this.#wanted() !== undefined) this.#askSoon();
  }
}
