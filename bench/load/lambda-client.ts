import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server } from "../machine/servers.ts";

/** Sets functions of this machine's Node up for a measurement, all of the same code. */
export class LambdaClient implements Disposable {
  readonly #origin: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "function-"));

  constructor({ port }: Server, code: string) {
    this.#origin = `http://127.0.0.1:${port}`;
    writeFileSync(join(this.#folder, "index.js"), code);
  }

  async createFunction(name: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.ask("POST", "/2015-03-31/functions", {
      FunctionName: name,
      Role: "arn:aws:iam::000000000000:role/bench",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { S3Bucket: "hot-reload", S3Key: this.#folder },
      Environment: { Variables: variables },
    });
  }

  /** Invokes a function and waits for it. */
  async invoke(name: string): Promise<void> {
    await this.ask("POST", `/2015-03-31/functions/${name}/invocations`, {});
  }

  /** Makes a mapping that is disabled, and gives what enables and disables it. */
  async createMapping(name: string, source: object): Promise<(isEnabled: boolean) => Promise<void>> {
    const path = "/2015-03-31/event-source-mappings";
    const { UUID } = await this.ask("POST", path, { FunctionName: name, Enabled: false, ...source });
    return async (isEnabled) => {
      await this.ask("PUT", `${path}/${UUID}`, { Enabled: isEnabled });
    };
  }

  /** The answer to a request of Lambda's API, or of a control route. */
  async ask(method: string, path: string, input: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.#origin}${path}`, { method, body: JSON.stringify(input) });
    const text = await response.text();
    if (!response.ok || response.headers.has("x-amz-function-error")) throw new Error(`${path}: ${text}`);
    return text === "" || text === "null" ? {} : JSON.parse(text);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
