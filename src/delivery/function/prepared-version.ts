import type { FunctionVersion, FunctionCode as StoredCode } from "../../engine/function/function.ts";
import { LATEST } from "../../engine/function/function.ts";
import { functionArn } from "../../engine/function/function-book.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { FunctionCode, FunctionDefinition, InlineHandler } from "../../runtime/runner.ts";
import type { Unpacked, UnpackedCode } from "./unpacked-code.ts";

/** What preparing takes. */
export interface PreparationDeps {
  readonly unpacked: UnpackedCode;
  /** The bytes of the zip file that an account has in a region under a key. */
  readonly archiveOf: (place: { readonly scope: Scope; readonly key: string }) => Uint8Array | undefined;
  /** The handler that this process knows by a name. */
  readonly handlerOf: (name: string) => InlineHandler | undefined;
}

/** A version of a function to be prepared. */
interface ToPrepare {
  readonly scope: Scope;
  readonly name: string;
  readonly version: FunctionVersion;
  /** Another one whenever it is run anew. */
  readonly revisionId: string;
}

/** A version of a function that is ready to be run, or is being made so, and how many invocations it has. */
export class PreparedVersion {
  readonly arn: string;
  /** Whether the function was forgotten with its account, so that nobody waits for it any more. */
  isForgotten = false;
  readonly #version: FunctionVersion;
  /** At once where nothing is to be unpacked; or a sentence on why it cannot be run. */
  definition: FunctionDefinition | string | undefined;
  readonly ready: Promise<FunctionDefinition | string>;
  #unpacked: Unpacked | undefined;
  #inFlight = 0;
  #isRetired = false;

  constructor({ scope, name, version, revisionId }: ToPrepare, deps: PreparationDeps) {
    const { settings } = version;
    const isLatest = version.version === LATEST;
    this.arn = functionArn(scope, name, isLatest ? undefined : version.version);
    this.#version = version;
    const facts = {
      arn: this.arn,
      name,
      version: version.version,
      scope,
      revisionId,
      runtime: settings.runtime,
      handler: settings.handler,
      memoryMb: settings.memoryMb,
      timeoutMs: settings.timeoutMs,
      variables: settings.environment ?? {},
    };
    this.ready = this.#codeOf({ scope, name, code: version.code }, deps).then((code) => {
      this.definition = typeof code === "string" ? code : { ...facts, code };
      return this.definition;
    });
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  /** Whether the version is run as this one, its tags may be others; what could not be made ready is tried again. */
  isOf({ settings, code }: FunctionVersion): boolean {
    if (this.#isRetired || typeof this.definition === "string") return false;
    return settings === this.#version.settings && code === this.#version.code;
  }

  begin(): void {
    this.#inFlight++;
  }

  end(): void {
    this.#inFlight--;
    this.#releaseIfDone();
  }

  /** It takes no further invocation. */
  retire(): void {
    this.#isRetired = true;
    this.#releaseIfDone();
  }

  #releaseIfDone(): void {
    if (!this.#isRetired || this.#inFlight > 0) return;
    this.#unpacked?.release();
    this.#unpacked = undefined;
  }

  /** What the runtime runs, or a sentence on why there is nothing to run. */
  async #codeOf(
    { scope, name, code }: { readonly scope: Scope; readonly name: string; readonly code: StoredCode },
    { unpacked, archiveOf, handlerOf }: PreparationDeps,
  ): Promise<FunctionCode | string> {
    if (code.kind !== "archive") return standingCode(name, code, handlerOf);
    const archive = archiveOf({ scope, key: code.key });
    if (archive === undefined) return `The code of ${name} is not there any more: give it code again.`;
    try {
      this.#unpacked = await unpacked.unpack(code.sha256, archive);
      this.#releaseIfDone();
      return { kind: "directory", directory: this.#unpacked?.path ?? "", isWatched: false };
    } catch (cause) {
      return `The code of ${name} cannot be unpacked: ${(cause as Error).message}.`;
    }
  }
}

/** Code that is where it runs. */
function standingCode(
  name: string,
  code: Exclude<StoredCode, { readonly kind: "archive" }>,
  handlerOf: PreparationDeps["handlerOf"],
): FunctionCode | string {
  switch (code.kind) {
    case "directory":
      return { kind: "directory", directory: code.path, isWatched: true };
    case "command":
      return { kind: "command", command: code.command, directory: code.path, isWatched: true };
    case "attach":
      return { kind: "attach", port: code.port };
    case "url":
      return { kind: "http", url: code.url };
    case "inline": {
      const handler = handlerOf(code.name);
      return handler
        ? { kind: "inline", handler }
        : `${name} is a handler of a program, and this one has none of that name.`;
    }
    case "image":
      return `${name} is an image, and images are not run: give the function a zip file or a directory.`;
  }
}
