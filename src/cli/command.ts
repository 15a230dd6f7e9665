import type { Client } from "../testing/client.ts";
import type { Environment } from "./endpoint.ts";
import type { GivenFlags } from "./given-flags.ts";
import type { Output } from "./output/output.ts";
import type { Aws } from "./server/aws.ts";
import type { ControlPlane } from "./server/control-plane.ts";

/** A flag of a command. */
interface Flag {
  /** What stands behind it; a switch has nothing there. */
  readonly takes?: string;
  readonly help: string;
  /** Whether it can be given more than once. */
  readonly isList?: true;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What a command has to work with. */
export interface Call {
  readonly words: readonly string[];
  readonly flags: GivenFlags;
  readonly client: Client;
  readonly control: ControlPlane;
  readonly aws: Aws;
  readonly output: Output;
  readonly environment: Environment;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}

/** Does what the command is for, and tells the exit code. */
export type Run = (call: Call) => Promise<number>;

/** A command as it stands in the table: help, completion and docs/command-line.md follow from it. */
export interface Command {
  readonly name: string;
  /** What stands behind the name, `<must>` or `[may]`; what ends in `…` can be more than one. */
  readonly takes?: string;
  /** What it does, in the present tense and without a full stop. */
  readonly summary: string;
  readonly flags?: Flags;
  /** Words that can come first behind the name. */
  readonly words?: readonly string[];
  readonly examples: readonly string[];
  /** Loaded when the command is run. */
  readonly load: () => Promise<Run>;
}
