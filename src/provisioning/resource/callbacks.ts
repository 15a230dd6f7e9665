import type { Ids } from "../../kernel/ids.ts";
import type { JsonMap } from "../template/value.ts";
import { type Callbacks, ResourceFailure } from "./resource-type.ts";

type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Somebody who waits at a URL. */
interface Waiting {
  readonly answers: JsonMap[];
  wake: (() => void) | undefined;
}

/** URLs of this server at which resources wait for answers. */
export class CallbackBox implements Callbacks {
  readonly #ids: Ids;
  readonly #base: () => string;
  readonly #wait: Wait;
  readonly #waiting = new Map<string, Waiting>();

  constructor(deps: { readonly ids: Ids; readonly base: () => string; readonly wait: Wait }) {
    this.#ids = deps.ids;
    this.#base = deps.base;
    this.#wait = deps.wait;
  }

  open(): string {
    const token = this.#ids.uuid();
    this.#waiting.set(token, { answers: [], wake: undefined });
    return `${this.#base()}${token}`;
  }

  close(url: string): void {
    this.#waiting.delete(tokenOf(url));
  }

  /** Takes what was put to the URL of a token. False when nobody waits there. */
  put(token: string, answer: JsonMap): boolean {
    const waiting = this.#waiting.get(token);
    waiting?.answers.push(answer);
    waiting?.wake?.();
    return waiting !== undefined;
  }

  async answersAt(
    url: string,
    { count, timeoutMs }: { readonly count: number; readonly timeoutMs: number },
  ): Promise<readonly JsonMap[]> {
    const waiting = this.#waiting.get(tokenOf(url));
    if (waiting === undefined) throw new ResourceFailure("NotFound", `Nothing waits at ${url}.`);
    const isOver = new AbortController();
    try {
      const isUp = this.#wait(timeoutMs, isOver.signal).then(() => "up" as const);
      while (waiting.answers.every(isSuccess) && waiting.answers.length < count) {
        const woken = new Promise<"woken">((resolve) => {
          waiting.wake = () => resolve("woken");
        });
        if ((await Promise.race([woken, isUp])) === "up") throw timedOut(waiting.answers.length);
      }
      const failed = waiting.answers.find((answer) => !isSuccess(answer));
      if (failed !== undefined) throw new ResourceFailure("GeneralServiceException", String(failed.Reason ?? "FAILED"));
      return waiting.answers;
    } finally {
      isOver.abort();
      this.close(url);
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
