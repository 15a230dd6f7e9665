import type { Ids } from "../../kernel/ids.ts";
import type { JsonMap } from "../template/value.ts";
import { type Callbacks, ResourceFailure } from "./resource-type.ts";

type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Somebody who waits at a URL. */
interface Waiting {
  readonly account: string;
  readonly answers: JsonMap[];
  /** Whether it was forgotten with its account. */
  isForgotten: boolean;
  wake: (() => void) | undefined;
}

/** For whom URLs are made. */
interface Asking {
  readonly account: string;
  /** What the URLs begin with. */
  readonly base: string;
  readonly wait: Wait;
}

/** What is waited for. */
interface Wanted extends Omit<Asking, "base"> {
  readonly count: number;
  readonly timeoutMs: number;
}

/** AWS: a wait condition counts up to 500 signals. What comes after so many is let go. */
const MOST_ANSWERS = 500;

/** URLs of this server at which the resources of all stacks wait for answers. */
export class CallbackBox {
  readonly #ids: Ids;
  readonly #waiting = new Map<string, Waiting>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  /** The box as the resources of a stack see it. */
  at({ account, base, wait }: Asking): Callbacks {
    return {
      open: () => {
        const token = this.#ids.uuid();
        this.#open(token, account);
        return `${base}${token}`;
      },
      close: (url) => void this.#waiting.delete(tokenOf(url)),
      answersAt: (url, wanted) => this.#answersAt(url, { ...wanted, account, wait }),
    };
  }

  /** Takes what was put to the URL of a token. False when nobody waits there. */
  put(token: string, answer: JsonMap): boolean {
    const waiting = this.#waiting.get(token);
    if (waiting === undefined) return false;
    if (waiting.answers.length < MOST_ANSWERS) waiting.answers.push(answer);
    waiting.wake?.();
    return true;
  }

  /** Forgets everybody who waits, or those of one account. */
  reset(account?: string): void {
    for (const [token, waiting] of this.#waiting) {
      if (account !== undefined && waiting.account !== account) continue;
      this.#waiting.delete(token);
      waiting.isForgotten = true;
      waiting.wake?.();
    }
  }

  #open(token: string, account: string): Waiting {
    const waiting: Waiting = { account, answers: [], isForgotten: false, wake: undefined };
    this.#waiting.set(token, waiting);
    return waiting;
  }

  async #answersAt(url: string, { count, timeoutMs, account, wait }: Wanted): Promise<readonly JsonMap[]> {
    // The URL may be of a process that has ended: a handle lasts as long as its stack.
    const waiting = this.#waiting.get(tokenOf(url)) ?? this.#open(tokenOf(url), account);
    const isOver = new AbortController();
    let isUp: Promise<"up"> | undefined;
    try {
      while (waiting.answers.every(isSuccess) && waiting.answers.length < count) {
        const woken = new Promise<"woken">((resolve) => {
          waiting.wake = () => resolve("woken");
        });
        isUp ??= wait(timeoutMs, isOver.signal).then(() => "up" as const);
        if ((await Promise.race([woken, isUp])) === "up") throw timedOut(waiting.answers.length);
        if (waiting.isForgotten) throw new ResourceFailure("NotFound", `Nothing waits at ${url} any more.`);
      }
      const failed = waiting.answers.find((answer) => !isSuccess(answer));
      if (failed !== undefined) throw new ResourceFailure("GeneralServiceException", String(failed.Reason ?? "FAILED"));
      return waiting.answers;
    } finally {
      isOver.abort();
      this.#waiting.delete(tokenOf(url));
    }
  }
}

function tokenOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

function isSuccess({ Status }: JsonMap): boolean {
  return Status === "SUCCESS";
}

function timedOut(count: number): ResourceFailure {
  return new ResourceFailure(
    "NotStabilized",
    `WaitCondition timed out. Received ${count} conditions when expecting more`,
  );
}
