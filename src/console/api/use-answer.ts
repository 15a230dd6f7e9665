import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { after } from "../browser/timing.ts";
import { isFrozen, msUntil } from "../state/time.ts";
import { listen, type Step } from "./live.ts";
import { Pace, SHORTEST_PAUSE_MS } from "./pace.ts";

/** What a page asks the server for, and when it asks again. */
interface Question<T> {
  readonly ask: (signal: AbortSignal) => Promise<T>;
  /** Whether a step changes the answer. Every step does unless given. */
  readonly isChangedBy?: (step: Step) => boolean;
  /** The instant, in ISO 8601, at which time alone changes the answer. */
  readonly changesAt?: (answer: T) => string | undefined;
  /** Whether time goes on changing the answer, at instants that are not known; it is asked for once a second then. */
  readonly isMoving?: (answer: T) => boolean;
}

/** What is known: an answer, which may be older than a failure. */
interface Known<T> {
  readonly answer: T | undefined;
  /** Why there is no newer answer, as a sentence. */
  readonly failure: string | undefined;
  /** Asks again. */
  readonly reload: () => void;
}

/**
 * Keeps the answer to a question fresh: asks at first, when `keys` change, when something happens that changes the answer, when
 * time does, and when news were missed.
 */
export function useAnswer<T>(question: Question<T>, keys: readonly unknown[]): Known<T> {
  const [known, setKnown] = useState<Omit<Known<T>, "reload">>({ answer: undefined, failure: undefined });
  const latest = useRef(question);
  latest.current = question;
  const again = useRef(() => {});
  const reload = useCallback(() => again.current(), []);

  useEffect(() => {
    const leaving = new AbortController();
    const pace = new Pace();
    let isAsking = false;
    let isStale = false;
    let cancelNext = () => {};
    let cancelDue = () => {};

    const ask = async (): Promise<void> => {
      isAsking = true;
      isStale = false;
      try {
        const answer = await pace.take(() => latest.current.ask(leaving.signal));
        if (leaving.signal.aborted) return;
        setKnown({ answer, failure: undefined });
        awaitChange(answer);
      } catch (cause) {
        if (leaving.signal.aborted) return;
        setKnown(({ answer }) => ({ answer, failure: failureText(cause) }));
      } finally {
        isAsking = false;
        if (isStale) askSoon();
      }
    };
    const askSoon = (): void => {
      if (leaving.signal.aborted) return;
      isStale = true;
      if (isAsking) return;
      cancelNext();
      cancelNext = after(pace.waitMs, () => void ask());
    };
    const awaitChange = (answer: T): void => {
      cancelDue();
      const delayMs = msUntilChange(latest.current, answer);
      if (delayMs !== undefined) cancelDue = after(delayMs, askSoon);
    };

    again.current = askSoon;
    setKnown({ answer: undefined, failure: undefined });
    void ask();
    const stopListening = listen((news) => {
      if (news.type !== "step" || (latest.current.isChangedBy?.(news.step) ?? true)) askSoon();
    });
    return () => {
      leaving.abort();
      stopListening();
      cancelNext();
      cancelDue();
    };
  }, keys);

  return { ...known, reload };
}

/** How often a change is looked for that is under way, or late. */
const LOOK_EVERY_MS = 1000;

/** Milliseconds until time changes an answer; undefined where it does not, or stands. */
function msUntilChange<T>({ changesAt, isMoving }: Question<T>, answer: T): number | undefined {
  if (isFrozen.peek() === true) return undefined;
  const instant = changesAt?.(answer);
  const delayMs = instant === undefined ? Number.POSITIVE_INFINITY : msUntil(instant);
  if (delayMs <= 0 || (delayMs > LOOK_EVERY_MS && isMoving?.(answer) === true)) return LOOK_EVERY_MS;
  return delayMs === Number.POSITIVE_INFINITY ? undefined : Math.max(delayMs, SHORTEST_PAUSE_MS);
}

/** What went wrong, as a sentence. */
export function failureText(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
