import type { Ids } from "../../kernel/ids.ts";
import type { JsonMap } from "../template/value.ts";
import { type Callbacks, ResourceFailure } from "./resource-type.ts";

type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Somebody who waits at a URL. */
interface Waiting {
  readonly account: string;
  readonly answers: JsonMap[];
  /** Why whoever was asked will not answer. */
  problem: string | undefined;
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

/** For whom, how long and for what is waited. */
interface Patience extends Omit<Asking, "base"> {
  readonly timeoutMs: number;
  readonly isEnough: (waiting: Waiting) => boolean;
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
      answersAt: (url, { count, timeoutMs }) => this.#answersAt(url, count, { timeoutMs, account, wait }),
      answerAt: (url, timeoutMs) => this.#answerAt(url, { timeoutMs, account, wait }),
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

  /** Tells whoever waits at the URL of a token that there will be no answer. */
  giveUp(token: string, problem: string): void {
    const waiting = this.#waiting.get(token);
    if (waiting === undefined) return;
    waiting.problem ??= problem;
    waiting.wake?.();
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
    const waiting: Waiting = { account, answers: [], problem: undefined, isForgotten: false, wake: undefined };
    this.#waiting.set(token, waiting);
    return waiting;
  }

  async #answersAt(url: string, count: number, patience: Omit<Patience, "isEnough">): Promise<readonly JsonMap[]> {
    const isEnough = ({ answers }: Waiting) => answers.length >= count || !answers.every(isSuccess);
    const { answers, isTimeUp } = await this.#heard(url, { ...patience, isEnough });
    if (isTimeUp) throw timedOut(answers.length, count);
    const failed = answers.find((answer) => !isSuccess(answer));
    if (failed !== undefined) throw signalledFailure(failed);
    return answers;
  }

  async #answerAt(url: string, patience: Omit<Patience, "isEnough">): ReturnType<Callbacks["answerAt"]> {
    const isEnough = ({ answers, problem }: Waiting) => answers.length > 0 || problem !== undefined;
    const { answers, problem } = await this.#heard(url, { ...patience, isEnough });
    const [answer] = answers;
    if (answer !== undefined) return { answer };
    return problem === undefined ? undefined : { problem };
  }

  /** What was said there by the time it was enough, or time was up. Nobody waits there then. */
  async #heard(
    url: string,
    { account, timeoutMs, wait, isEnough }: Patience,
  ): Promise<Waiting & { readonly isTimeUp: boolean }> {
    // The URL may be of a process that has ended: a handle lasts as long as its stack.
    const waiting = this.#waiting.get(tokenOf(url)) ?? this.#open(tokenOf(url), account);
    const isOver = new AbortController();
    let isUp: Promise<"up"> | undefined;
    try {
      while (!isEnough(waiting)) {
        const woken = new Promise<"woken">((resolve) => {
          waiting.wake = () => resolve("woken");
        });
        isUp ??= wait(timeoutMs, isOver.signal).then(() => "up" as const);
        if ((await Promise.race([woken, isUp])) === "up") return { ...waiting, isTimeUp: true };
        if (waiting.isForgotten) throw new ResourceFailure("NotFound", `Nothing waits at ${url} any more.`);
      }
      return { ...waiting, isTimeUp: false };
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

/** AWS: its words, from issues that quote them. */
function timedOut(count: number, wanted: number): ResourceFailure {
  return new ResourceFailure(
    undefined,
    `WaitCondition timed out. Received ${count} conditions when expecting ${wanted}`,
  );
}

/** AWS: its words, from issues that quote them. */
function signalledFailure({ Reason = "", UniqueId = "" }: JsonMap): ResourceFailure {
  return new ResourceFailure(
    undefined,
    `WaitCondition received failed message: '${String(Reason)}' for uniqueId: ${String(UniqueId)}`,
  );
}
