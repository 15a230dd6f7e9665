import { styleText } from "node:util";
import type { Environment } from "../endpoint.ts";
import { plain, plainJson } from "./plain-text.ts";
import { type Cell, tableLines } from "./table.ts";

/** Where a command writes. */
export type Sink = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

interface OutputDeps {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly environment: Environment;
  /** Whether answers are written as JSON. */
  readonly isJson: boolean;
}

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** What a command says. What comes from messages is shown, and never obeyed by a terminal. */
export class Output {
  readonly isJson: boolean;
  readonly #deps: OutputDeps;
  readonly #gone = new AbortController();
  readonly #hasColours: boolean;
  #progress = false;

  constructor(deps: OutputDeps) {
    this.#deps = deps;
    this.isJson = deps.isJson;
    const { NO_COLOR = "", TERM = "" } = deps.environment;
    this.#hasColours = deps.stdout.isTTY === true && NO_COLOR === "" && TERM !== "dumb";
    deps.stdout.on("error", () => this.#gone.abort());
    deps.stderr.on("error", () => {});
  }

  /** Aborts when nobody takes what is written any more, as behind `head`. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** A line of parts, of which each can have a style. */
  line(...parts: readonly (string | { readonly text: string; readonly style: Style })[]): void {
    const text = parts.map((part) =>
      typeof part === "string" ? plain(part) : this.#styled(plain(part.text), part.style),
    );
    this.#write(`${text.join("")}\n`);
  }

  /** Lines as they stand: what was written to be read by programs. */
  document(text: string): void {
    this.#write(text.endsWith("\n") ? text : `${text}\n`);
  }

  table(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
    const { stdout } = this.#deps;
    const [first = "", ...others] = tableLines(head, rows, stdout.isTTY ? (stdout.columns ?? 80) : undefined);
    this.#write(`${[this.#styled(first, "bold"), ...others].join("\n")}\n`);
  }

  /** A value for a program, in a line of its own or over several. */
  json(value: unknown, { isOneLine = false } = {}): void {
    this.#write(`${plainJson(value, isOneLine ? 0 : 2)}\n`);
  }

  /** Something on the side, which is no part of the answer. */
  note(text: string): void {
    this.progress(undefined);
    this.#deps.stderr.write(`${plain(text)}\n`);
  }

  /** What goes on meanwhile, for a terminal alone; undefined when it is over. */
  progress(text: string | undefined): void {
    const { stderr } = this.#deps;
    if (stderr.isTTY !== true || (text === undefined && !this.#progress)) return;
    this.#progress = text !== undefined;
    stderr.write(`\r\u001b[K${text === undefined ? "" : plain(text)}`);
  }

  #styled(text: string, style: Style): string {
    return this.#hasColours ? styleText(style, text) : text;
  }

  #write(text: string): void {
    this.progress(undefined);
    if (!this.#gone.signal.aborted) this.#deps.stdout.write(text);
  }
}
