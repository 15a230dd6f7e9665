import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account } from "../inputs.ts";
import { instant, list, next, type PageQuery, paging, shape, text, withLimit } from "./listing.ts";

const inputs = {
  account,
  resource: { type: "string", description: "The resource is a name, a URL or an ARN." },
  since: { type: "string", description: "since is an instant such as 2026-01-01T00:00:00Z." },
  ...paging,
} as const;

const isRecording = { type: "boolean", description: "Whether what happens is kept." } as const;
const keepsInputs = { type: "boolean", description: "Whether what is sent is kept of each call." } as const;
const note = { ...text, description: "What to do so that there is more to see." } as const;

const step = shape(
  {
    sequence: { type: "integer", minimum: 1, description: "Its place among everything recorded." },
    at: instant,
    account,
    region: text,
    service: text,
    resource: text,
    kind: { ...text, description: "What it is, such as sent, received, deleted, published, delivered, put." },
    text: { ...text, description: "A sentence that says what happened." },
  },
  {
    messageId: text,
    sequenceNumber: text,
    shardId: text,
    related: { ...text, description: "ARN of the other one that has to do with it." },
  },
);

const historyPage = shape({ isRecording, steps: list(step) }, { note, next });

const call = shape(
  {
    at: instant,
    account,
    region: text,
    outcome: {
      ...text,
      description: "OK, or the code of the error; Unanswered or BrokenOff where a fault ended the connection.",
    },
    durationMs: { type: "number", minimum: 0, description: "In real time." },
    requestId: text,
  },
  {
    service: { ...text, description: "Absent where the request named none." },
    operation: { ...text, description: "As the caller spelled it; absent where that cannot be read." },
    resource: { ...text, description: "As the caller named it." },
    input: {
      type: "object",
      additionalProperties: true,
      description:
        "What was sent, in AWS's names: bytes in base64, instants in seconds, **** for secrets. Absent unless inputs are kept, and where it is long.",
    },
  },
);

const callPage = shape({ isRecording, keepsInputs, calls: list(call) }, { note, next });

const recording = shape({ isRecording, keepsInputs });

/** Which part of a list is wanted, and of whom. */
interface ListQuery extends Omit<PageQuery, "region"> {
  readonly resource?: string;
  readonly since?: string;
}

/** What was recorded of what happens. */
export interface HistoryDeps {
  /** Reads it as steps, oldest first. */
  readonly readHistory: (
    query: ListQuery & { readonly message?: string; readonly kind?: string },
  ) => Promise<AnswerOf<typeof historyPage>>;
  /** Reads the calls of AWS's APIs, oldest first unless the newest come first. */
  readonly readCalls: (
    query: ListQuery & {
      readonly service?: string;
      readonly operation?: string;
      readonly outcome?: string;
      readonly newest?: boolean;
    },
  ) => Promise<AnswerOf<typeof callPage>>;
  /** Has it recorded from now on, or not any more. */
  readonly recordHistory: (wish: {
    readonly recording: boolean;
    readonly inputs?: boolean;
  }) => Promise<AnswerOf<typeof recording>>;
}

export const historyRoutes = [
  controlRoute({
    method: "GET",
    path: `${CONTROL_PREFIX}history`,
    summary: "tells what happened, step by step",
    inputs: {
      ...inputs,
      message: { type: "string", description: "The message is a message id or a sequence number." },
      kind: { type: "string", description: "The kind is that of a step, such as sent or received." },
    },
    answer: historyPage,
    handle: ({ readHistory }: HistoryDeps, query) => readHistory(withLimit(query)),
  }),
  controlRoute({
    method: "POST",
    path: `${CONTROL_PREFIX}history`,
    summary: "begins to record what happens, or ends it",
    inputs: {
      recording: { type: "boolean", description: "recording is true or false." },
      inputs: {
        type: "boolean",
        description: "inputs is true to keep what is sent as well, or false; as it was unless given.",
      },
    },
    required: ["recording"],
    answer: recording,
    handle: ({ recordHistory }: HistoryDeps, wish) => recordHistory(wish),
  }),
  controlRoute({
    method: "GET",
    path: `${CONTROL_PREFIX}calls`,
    summary: "lists the latest calls of AWS's APIs",
    inputs: {
      ...inputs,
      service: { type: "string", description: "The service is one such as sqs." },
      operation: { type: "string", description: "The operation is one such as SendMessage." },
      outcome: { type: "string", description: "The outcome is OK, or the code of an error." },
      newest: { type: "boolean", description: "newest is true to have the latest first." },
    },
    answer: callPage,
    handle: ({ readCalls }: HistoryDeps, query) => readCalls(withLimit(query)),
  }),
];
