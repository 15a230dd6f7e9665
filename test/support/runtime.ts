import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import type { RuntimeDeps } from "../../src/runtime/deps.ts";
import { LocalRunner } from "../../src/runtime/local-runner.ts";
import type { FunctionCode, FunctionDefinition, Invocation, Outcome } from "../../src/runtime/runner.ts";

/** Files by name, in a folder that is there for as long as it is held. */
export class CodeFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "waystation-function-"));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string, mode = 0o644): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
  }

  directory(isWatched = false): FunctionCode {
    return { kind: "directory", directory: this.path, isWatched };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const ENDPOINT = "http://127.0.0.1:4566";

/** A function of Node's called `worker`, unless told otherwise. */
export function aDefinition(code: FunctionCode, given: Partial<FunctionDefinition> = {}): FunctionDefinition {
  const name = given.name ?? "worker";
  return {
    arn: `arn:aws:lambda:eu-west-1:111111111111:function:${name}`,
    name,
    version: "$LATEST",
    scope: scopeOf("111111111111", "eu-west-1"),
    revisionId: "1",
    runtime: "nodejs22.x",
    handler: "index.handler",
    memoryMb: 128,
    timeoutMs: 60_000,
    variables: {},
    code,
    ...given,
  };
}

let requests = 0;

export function anInvocation(event: unknown = {}, given: Partial<Invocation> = {}): Invocation {
  return {
    requestId: `request-${++requests}`,
    functionArn: "arn:aws:lambda:eu-west-1:111111111111:function:worker",
    payload: JSON.stringify(event),
    ...given,
  };
}

export interface LogLine {
  readonly level: string;
  readonly text: string;
  readonly function: string;
  readonly requestId?: string;
}

/** A runner in real time that remembers what it tells. */
export class HeardRunner implements AsyncDisposable {
  readonly runner: LocalRunner;
  readonly lines: LogLine[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(given: Partial<RuntimeDeps> = {}) {
    this.runner = new LocalRunner({
      clock: new SystemClock(),
      ids: seededIds("runtime"),
      log: (level, fields, text) => {
        this.lines.push({ level, text, ...fields });
        for (const look of this.#waiting) look();
      },
      endpoint: () => ENDPOINT,
      inherited: process.env,
      keepAliveMs: 600_000,
      mostEnvironments: 10,
      ...given,
    });
  }

  invoke(definition: FunctionDefinition, invocation = anInvocation(), signal = never): Promise<Outcome> {
    return this.runner.invoke(definition, invocation, signal);
  }

  /** The first line that the pattern is found in, once it was told. */
  line(pattern: RegExp): Promise<LogLine> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.lines.find(({ text }) => pattern.test(text));
        if (found === undefined) return void this.#waiting.add(look);
        this.#waiting.delete(look);
        resolve(found);
      };
      look();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.runner.close();
  }
}

export const never = new AbortController().signal;

/** What a function answered. Fails with all of the outcome if it did not. */
export function answerOf(outcome: Outcome): unknown {
  if (outcome.type !== "answered") throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.payload);
}

/** The document of what went wrong in a function. Fails with all of the outcome if nothing did. */
export function errorOf(outcome: Outcome): Readonly<Record<string, unknown>> {
  if (outcome.type !== "failed") throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.payload);
}

/** What an invocation left in the log. */
export function logOf(outcome: Outcome): string {
  return "log" in outcome ? outcome.log : "";
}
