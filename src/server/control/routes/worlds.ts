import type { Readable } from "node:stream";
import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute, Refusal } from "../contract.ts";
import { account } from "../inputs.ts";
import { count, instant, list, shape, text } from "./listing.ts";

const name = {
  type: "string",
  pattern: "^[A-Za-z0-9_.-]{1,100}$",
  description: "The name of a snapshot has 1 to 100 letters, digits, dots, hyphens and underscores.",
} as const;

const document = {
  type: "string", // not measured here, where code points of all of it would be counted
  description: "The document is a snapshot as text, which can also be the body as it stands.",
} as const;

const withSecrets = {
  type: "boolean",
  description: "Whether secrets are in it: values of SecureString and NoEcho parameters, tokens, passwords.",
} as const;

/** Bytes of the largest document that is taken. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;

const snapshot = shape(
  {
    name: text,
    takenAt: instant,
    entries: { ...count, description: "How many entries it has." },
    bytes: { ...count, description: "About how much memory it counts for." },
  },
  { account: { ...text, description: "Whose it is; everybody's unless given." } },
);

const snapshots = shape({ snapshots: list(snapshot, "By name.") });

type SnapshotFacts = AnswerOf<typeof snapshot>;

/** Keeps what there is, and brings it back. Each throws an error with a status when that cannot be done. */
export interface KeepWorlds {
  snapshot(account?: string, name?: string): Promise<SnapshotFacts>;
  list(): readonly SnapshotFacts[];
  delete(name: string): void;
  restore(name: string, account?: string): Promise<void>;
  document(account?: string, name?: string, withSecrets?: boolean): Promise<Readable>;
  keepDocument(text: string, name?: string): Promise<SnapshotFacts>;
  restoreDocument(text: string, account?: string): Promise<void>;
  fork(from: string, to: string): Promise<void>;
}

/** What routes about worlds are given. */
export interface WorldDeps {
  /** Loaded when somebody keeps one for the first time. */
  readonly worlds: () => Promise<KeepWorlds>;
}

const PATH = `${CONTROL_PREFIX}snapshots`;
const textBody = { input: "document", begins: '{"waystation"', limit: LARGEST_DOCUMENT };

export const worldRoutes = [
  controlRoute({
    method: "GET",
    path: PATH,
    summary: "lists the snapshots",
    answer: snapshots,
    handle: async ({ worlds }: WorldDeps) => ({ snapshots: (await worlds()).list() }),
  }),
  controlRoute({
    method: "POST",
    path: PATH,
    summary: "keeps what there is of one account, or of all",
    inputs: { name, account },
    answer: snapshot,
    handle: async ({ worlds }: WorldDeps, inputs) => (await worlds()).snapshot(inputs.account, inputs.name),
  }),
  controlRoute({
    method: "DELETE",
    path: PATH,
    summary: "forgets a snapshot",
    inputs: { name },
    required: ["name"],
    async handle({ worlds }: WorldDeps, inputs) {
      (await worlds()).delete(inputs.name);
      return undefined;
    },
  }),
  controlRoute({
    method: "POST",
    path: `${PATH}/restore`,
    summary: "brings back what a snapshot or a document holds, of one account or of all",
    inputs: { name, document, account },
    textBody,
    async handle({ worlds }: WorldDeps, { name: known, document: given, account: owner }) {
      if ((known === undefined) === (given === undefined)) {
        throw new Refusal(`There must be a name or a document, and not both. ${name.description}`);
      }
      if (known !== undefined) await (await worlds()).restore(known, owner);
      if (given !== undefined) await (await worlds()).restoreDocument(given, owner);
      return undefined;
    },
  }),
  controlRoute({
    method: "GET",
    path: `${PATH}/document`,
    summary: "writes a snapshot as text, or what there is now",
    inputs: { name, account, withSecrets },
    answer: { type: "string", description: "A line that says what it is, then an entry in each line, as JSON." },
    contentType: "text/plain; charset=utf-8",
    handle: async ({ worlds }: WorldDeps, { account: owner, name: known, withSecrets: isWhole }) =>
      (await worlds()).document(owner, known, isWhole),
  }),
  controlRoute({
    method: "POST",
    path: `${PATH}/document`,
    summary: "keeps what a document holds as a snapshot",
    inputs: { name, document },
    required: ["document"],
    answer: snapshot,
    textBody,
    handle: async ({ worlds }: WorldDeps, inputs) => (await worlds()).keepDocument(inputs.document, inputs.name),
  }),
  controlRoute({
    method: "POST",
    path: `${CONTROL_PREFIX}fork`,
    summary: "copies everything of an account into another one, which has nothing yet",
    inputs: { from: account, to: account },
    required: ["from", "to"],
    async handle({ worlds }: WorldDeps, { from, to }) {
      await (await worlds()).fork(from, to);
      return undefined;
    },
  }),
];
