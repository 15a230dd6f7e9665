import { Readable, Writable } from "node:stream";
import { runCommand } from "../../src/cli/run.ts";

interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>;
  /** What is piped in; nothing comes unless given. */
  readonly input?: string | Buffer;
  /** Of the terminal that is written to; no terminal unless given. */
  readonly columns?: number;
}

/** What a command has written, which may be a terminal. */
class Written extends Writable {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  text = "";
  #waiting: (() => void)[] = [];

  constructor(columns?: number) {
    super({
      write: (chunk, _encoding, done) => {
        this.text += chunk;
        for (const tell of this.#waiting.splice(0)) tell();
        done();
      },
    });
    this.isTTY = columns !== undefined;
    this.columns = columns;
  }

  /** Resolves as soon as that is written. */
  async until(part: string): Promise<void> {
    while (!this.text.includes(part)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

/** Begins a command on that server. */
export function begin(
  endpoint: string,
  argv: readonly string[],
  { environment, input = "", columns }: Surroundings = {},
) {
  const [stdout, stderr] = [new Written(columns), new Written(columns)];
  const ended = runCommand(argv, {
    environment: { WAYSTATION_ENDPOINT: endpoint, ...environment },
    input: Readable.from([Buffer.from(input)]) as never,
    stdout,
    stderr,
  });
  return { stdout, stderr, ended };
}

/** Runs a command on that server to its end. */
export async function command(endpoint: string, argv: readonly string[], surroundings?: Surroundings) {
  const { stdout, stderr, ended } = begin(endpoint, argv, surroundings);
  const exitCode = await ended;
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
