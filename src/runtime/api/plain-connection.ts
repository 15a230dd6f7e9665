import type { Socket } from "node:net";
import { type PlainHead, PlainRequests } from "../../kernel/http/plain-requests.ts";
import { nextTurn } from "../../kernel/time/system-clock.ts";
import { MOST_PAYLOAD_BYTES } from "../error-document.ts";
import { accepted, eventOf, invocationId, NEXT, OF_INVOCATION, refusalOf, textOf, truncated } from "./calls.ts";
import { errorIn, hasMode } from "./posted.ts";
import type { RuntimeSession } from "./session.ts";

/** What is read ahead while the process waits for an event. */
const MAX_AHEAD_BYTES = 64 * 1024;

const ACCEPTED = textOf(accepted);

/** A call, whole. */
interface PlainCall {
  readonly head: PlainHead;
  readonly text: string;
}

interface PlainConnectionDeps {
  readonly session: RuntimeSession;
  /** Takes the connection over for good, unread bytes included. */
  readonly handOver: (socket: Socket) => void;
}

/**
 * A connection of a runtime that is read and answered straight on the socket, for as long as it only asks for events and answers
 * them whole, in the plain form. Anything else, and everything after it, is node:http's. An invocation is two calls, and
 * node:http takes longer for them than everything else that an invocation costs the emulator.
 */
export class PlainConnection {
  readonly #socket: Socket;
  readonly #deps: PlainConnectionDeps;
  readonly #requests = new PlainRequests<PlainCall>({
    takes: isPlainCall,
    requestOf: (head, body) => ({ head, text: body.toString("utf8") }),
    takesGet: true,
  });
  readonly #read = (chunk: Buffer): void => this.#take(chunk);
  readonly #end = (): void => this.#ended();
  readonly #close = (): void => this.#stopWaiting();
  /** Ends the wait for an event. */
  #stop: (() => void) | undefined;
  #isServing = false;
  /** What is written in a moment, or with the next answer if that comes before. */
  #held = "";
  readonly #flush = (): void => {
    const held = this.#held;
    this.#held = "";
    if (held !== "" && this.#socket.writable) this.#socket.write(held, "utf8");
  };

  constructor(socket: Socket, deps: PlainConnectionDeps) {
    this.#socket = socket;
    this.#deps = deps;
    socket.on("data", this.#read).on("end", this.#end).on("close", this.#close);
    socket.on("error", () => {}); // the process has ended, which is told elsewhere
  }

  #take(chunk: Buffer): void {
    this.#requests.add(chunk);
    this.#serve();
    if (this.#stop !== undefined && this.#requests.aheadBytes > MAX_AHEAD_BYTES) this.#socket.pause();
  }

  #serve(): void {
    if (this.#isServing) return;
    this.#isServing = true;
    while (this.#stop === undefined && this.#requests.hasBegun && !this.#socket.writableEnded) {
      const call = this.#requests.next();
      if (call === "unusual") this.#leave();
      if (typeof call === "string") break;
      this.#answer(call);
    }
    this.#isServing = false;
  }

  #answer(call: PlainCall): void {
    try {
      if (call.head.method === "GET") this.#next();
      else this.#post(call);
    } catch (cause) {
      this.#write(textOf(refusalOf(cause)));
    }
  }

  #next(): void {
    let isGiven = false;
    const answered = (text: string): void => {
      isGiven = true;
      this.#stop = undefined;
      this.#write(text);
      this.#socket.resume();
      this.#serve();
    };
    const stop = this.#deps.session.next({
      give: (task) => answered(textOf(eventOf(task))),
      refuse: (refusal) => answered(textOf(refusalOf(refusal))),
    });
    if (!isGiven) this.#stop = stop;
  }

  #post({ head: { path, headers }, text }: PlainCall): void {
    const { session } = this.#deps;
    const [, id = "", what] = OF_INVOCATION.exec(path) ?? [];
    const isAnswer = what === "response";
    const task = session.begin(invocationId(id), isAnswer ? "InvocationResponse" : "InvocationErrorResponse");
    const asksOn = this.#requests.hasBegun;
    if (asksOn) this.#held = ACCEPTED;
    else this.#write(ACCEPTED);
    session.finish(task, isAnswer ? { type: "answered", payload: text } : errorIn(headers, text));
    // The next event may be there in the turn in which the output is read that was written before the answer.
    if (asksOn) void nextTurn().then(this.#flush);
  }

  /** The process says nothing more. What it had begun to say is not whole. */
  #ended(): void {
    const isWaiting = this.#stop !== undefined;
    this.#stopWaiting();
    if (this.#requests.hasBegun && !isWaiting) this.#write(textOf(refusalOf(truncated()), "close"));
    this.#flush();
    this.#socket.end();
  }

  #write(text: string): void {
    this.#held += text;
    this.#flush();
  }

  #stopWaiting(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #leave(): void {
    const socket = this.#socket;
    this.#flush();
    socket.off("data", this.#read).off("end", this.#end).off("close", this.#close);
    socket.pause();
    socket.unshift(this.#requests.takeRest());
    this.#deps.handOver(socket);
    socket.resume();
  }
}

function isPlainCall({ method, path, query, headers, bodyBytes }: PlainHead): boolean {
  if (query !== "") return false;
  if (method === "GET") return path === NEXT;
  return OF_INVOCATION.test(path) && bodyBytes <= MOST_PAYLOAD_BYTES && !hasMode(headers);
}
