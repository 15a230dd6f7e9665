/**
 * Speaks the Runtime API on one connection that is kept: each call is one write, and an answer is read where it comes. Node's own
 * client takes longer to load than the launcher needs for all else, and longer for a call than most handlers. It speaks to the
 * emulator alone, which states the length of each answer.
 */
import { connect } from "node:net";

const HEAD_END = "\r\n\r\n";
/** AWS: those of the Runtime API, of this version. */
export const BASE = "/2018-06-01/runtime";

export class RuntimeClient {
  #address;
  #onGone;
  #socket;
  #isGone = false;
  /** Those who wait for answers, in the order of their calls. */
  #waiting = [];
  /** What was read and belongs to no answer yet. */
  #chunks = [];
  #length = 0;
  /** How many bytes there have to be before it is looked at again. */
  #needed = 1;

  /** `onGone` is called when an answer is waited for that never comes. */
  constructor(host, port, onGone) {
    this.#address = { host, port };
    this.#onGone = onGone;
  }

  /** Whether an answer is still to come. */
  get isWaiting() {
    return this.#waiting.length > 0;
  }

  /** Comes back once there is an event. */
  next() {
    return this.#call(this.#nextText());
  }

  post(path, body, headers = {}) {
    return this.#call(this.#postText(path, body, headers));
  }

  /** Posts and asks for the next event in one write, so that the emulator need not read twice. Comes back with the event. */
  postAndNext(path, body, headers = {}) {
    const next = this.#nextText();
    this.#waiting.push(() => {}); // the answer to what is posted
    return this.#call(this.#postText(path, body, headers) + next);
  }

  #nextText() {
    return this.#head("GET", "/invocation/next", "");
  }

  #postText(path, body, headers) {
    let fields = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    for (const name in headers) fields += `${name}: ${headers[name]}\r\n`;
    return this.#head("POST", path, fields) + body;
  }

  #head(method, path, fields) {
    const { host, port } = this.#address;
    return `${method} ${BASE}${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${fields}\r\n`;
  }

  #call(text) {
    if (this.#isGone) this.#onGone();
    else this.#opened().write(text);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The connection, which keeps the process alive as long as an answer is waited for. */
  #opened() {
    if (this.#socket !== undefined) return this.#socket.ref();
    const socket = connect({ ...this.#address, noDelay: true });
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", () => {}); // it closes as well
    socket.on("close", () => this.#gone());
    this.#socket = socket;
    return socket;
  }

  #gone() {
    this.#isGone = true;
    if (this.#waiting.length > 0) this.#onGone();
  }

  #take(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed && this.#finish());
    if (this.#waiting.length === 0) this.#socket.unref();
  }

  /** Takes an answer that is there out of what was read; false when there is none. */
  #finish() {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [bytes];
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd < 0) return false;
    const [first, ...lines] = bytes.toString("utf8", 0, headEnd).split("\r\n");
    const headers = Object.fromEntries(lines.map(headerIn));
    const start = headEnd + HEAD_END.length;
    const end = start + Number(headers["content-length"]);
    this.#needed = end;
    if (this.#length < end) return false;
    this.#chunks = this.#length === end ? [] : [bytes.subarray(end)];
    this.#length -= end;
    this.#needed = 1;
    this.#waiting.shift()?.({ status: Number(first.split(" ")[1]), headers, text: bytes.toString("utf8", start, end) });
    return true;
  }
}

function headerIn(line) {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
