import type { Duplex } from "node:stream";
import type { Clock } from "../../kernel/time/clock.ts";
import { formatHttpDate } from "../../kernel/time/iso8601.ts";
import type { WireRequest, WireResponse } from "../../protocol/protocol.ts";

/** What else there is to an answer. */
export interface ReplyOptions {
  /** Whether a web page is to read it. */
  readonly isCrossOrigin: boolean;
  /** Whether the connection ends with it. */
  readonly isLast: boolean;
  /** Runs once all of it is in the operating system's hands, and never when the connection ends before that. */
  readonly onLeft: (() => void) | undefined;
}

/** What carries an answer, and closes with it at the latest. */
export interface Carrier {
  readonly destroyed: boolean;
  once(event: "close", listener: () => void): unknown;
  off(event: "close", listener: () => void): unknown;
}

/** The way back to whoever sent a request. */
export interface Reply {
  /** A socket, or an HTTP/2 stream. */
  readonly carrier: Carrier;
  /** Sends the answer. Of a body made on the way, the promise tells the end. */
  send(answer: WireResponse, options: ReplyOptions): Promise<void> | undefined;
  /** Ends the connection in the middle of the answer, or without a word when there is none. */
  hangUp(answer: WireResponse | undefined): Promise<void>;
  /** Answers that something went wrong, or hangs up when an answer is under way. */
  fail(requestId: string, onLeft?: () => void): void;
}

/** What to call when a write is over: Node says of what a connection got that is gone that it was written, without an error. */
export function unlessGone(carrier: Pick<Carrier, "destroyed">, left: () => void): (error?: Error | null) => void {
  return (error) => {
    if (!error && !carrier.destroyed) left();
  };
}

/** Whether a browser sends the request for a web page. */
export function isCrossOrigin({ headers }: Pick<WireRequest, "headers">): boolean {
  return headers.origin !== undefined;
}

/** Whether the body is there already, rather than made while it is sent. */
export function isWhole(body: WireResponse["body"]): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}

/** Resolves when more can be written, or never will be. */
export function drained(writable: Duplex, carrier: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      writable.off("drain", go);
      carrier.off("close", go);
      resolve();
    };
    writable.on("drain", go);
    carrier.on("close", go);
  });
}

/** The `Date` header's text, made once a second. */
export class HttpDate {
  readonly #clock: Clock;
  #second = -1;
  #text = "";

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): string {
    const second = Math.floor(this.#clock.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = formatHttpDate(second * 1000);
    }
    return this.#text;
  }
}
