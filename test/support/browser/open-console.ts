import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/app/emulator.ts";
import { messagingModules } from "../../../src/app/modules/modules.ts";
import type { EventLogs } from "../../../src/kernel/event/event-logs.ts";
import { awsHeaders } from "../looking.ts";

/** A test of the console in a browser; left out where there is none. */
export const inBrowser = test.skipIf(inject("browser") === undefined);

/** So long something may take until it shows, on however busy a machine. */
const PATIENCE_MS = 120_000;

interface OpenOptions {
  readonly emulator?: EmulatorOptions;
  readonly browser?: BrowserContextOptions;
  /** What is to be there before the page is opened. */
  readonly before?: (
    console: Pick<OpenConsole, "emulator" | "sqs" | "sns" | "kinesis" | "queues">,
  ) => Promise<void> | void;
  /** What may go wrong. */
  readonly forgives?: RegExp;
  /** What is answered when the page asks whether something is to be done. */
  readonly confirms?: (question: string) => boolean;
  /** Where the page is opened, as the fragment of its address has it. */
  readonly at?: string;
}

type Parts = ReturnType<typeof messagingModules>["inside"];

/** A server of its own with its console open in a browser. */
export interface OpenConsole extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly page: Page;
  /** What the page asked the server for, in order. */
  readonly asked: string[];
  /** Calls an operation of SQS as a client does. */
  readonly sqs: <Output = unknown>(operation: string, input: object) => Promise<Output>;
  /** Calls an operation of Kinesis as a client does. */
  readonly kinesis: <Output = unknown>(operation: string, input: object) => Promise<Output>;
  /** Calls an operation of SNS as a client does. */
  readonly sns: (inputs: Readonly<Record<string, string>>) => Promise<string>;
  /** The queues themselves, for more messages than a client could send in good time. */
  readonly queues: Parts["queues"];
  readonly hearing: Hearing;
  /** Goes to a place, as the fragment of an address has it. */
  readonly go: (fragment: string) => Promise<void>;
}

/**
 * Opens the console. When it is closed, the test fails if anything went wrong in the page meanwhile: an error of a script, something
 * that its policy refused, a dialog nobody expected, or a request that left for elsewhere.
 */
export async function openConsole({
  emulator: options,
  browser,
  before,
  forgives,
  confirms,
  at = "",
}: OpenOptions = {}): Promise<OpenConsole> {
  const { address, consoleFolder } = inject("browser") ?? missing();
  let hearing: Hearing | undefined;
  let inside: Parts | undefined;
  const emulator = await startEmulator(
    { history: "off", ...options },
    {
      consoleFolder: new URL(consoleFolder),
      modulesOf(deps) {
        hearing = new Hearing(deps.logs);
        const modules = messagingModules(deps);
        inside = modules.inside;
        return modules;
      },
    },
  );
  const { endpoint } = emulator;
  const post = async (headers: Readonly<Record<string, string>>, body: string | URLSearchParams): Promise<string> => {
    const response = await fetch(endpoint, { method: "POST", headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const call =
    (service: "sqs" | "kinesis") =>
    async <Output>(operation: string, input: object): Promise<Output> => {
      const text = await post(awsHeaders(service, operation), JSON.stringify(input));
      return JSON.parse(text === "" ? "{}" : text);
    };
  const client = {
    emulator,
    queues: inside?.queues ?? missing(),
    sqs: call("sqs"),
    kinesis: call("kinesis"),
    sns: (inputs: Readonly<Record<string, string>>) =>
      post({}, new URLSearchParams({ ...inputs, Version: "2010-03-31" })),
  };
  await before?.(client);
  const connection: Browser = await chromium.connect(address, { timeout: PATIENCE_MS });
  const context = await connection.newContext({ viewport: { width: 1200, height: 900 }, ...browser });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("dialog", (dialog) => {
    if (confirms === undefined) problems.push(`dialog: ${dialog.message()}`);
    void (confirms?.(dialog.message()) ? dialog.accept() : dialog.dismiss());
  });
  context.on("request", (request) => {
    const { origin, pathname, search } = new URL(request.url());
    if (origin === endpoint) asked.push(`${pathname}${search}`);
    else problems.push(`request: ${request.url()}`);
  });
  const go = async (fragment: string): Promise<void> => void (await page.goto(`${endpoint}/_waystation/${fragment}`));
  await go(at);
  return {
    ...client,
    ...{ page, asked, go },
    hearing: hearing ?? missing(),
    async [Symbol.asyncDispose]() {
      await connection.close();
      await emulator.close();
      const unforgiven = problems.filter((problem) => forgives?.test(problem) !== true);
      if (unforgiven.length > 0) throw new Error(unforgiven.join("\n"));
    },
  };
}

/** How many listen to what happens. */
class Hearing {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  constructor(logs: EventLogs) {
    const listen = logs.listen.bind(logs);
    logs.listen = (listener) => {
      this.#add(1);
      const end = listen(listener);
      return () => {
        end();
        this.#add(-1);
      };
    };
  }

  /** Resolves as soon as so many listen. */
  async until(count: number): Promise<void> {
    while (this.#count !== count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #add(count: number): void {
    this.#count += count;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function missing(): never {
  throw new Error("There is no browser.");
}
