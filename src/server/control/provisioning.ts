import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "./contract.ts";
import { account, region } from "./inputs.ts";
import { count, list, shape, text } from "./routes/listing.ts";

/** Bytes of the largest document that is taken. */
const LARGEST_DOCUMENT = 1024 * 1024;

const document = {
  type: "string",
  minLength: 1,
  description: "The document is what waystation.yaml holds, as JSON or YAML. It is the body as it stands.",
} as const;

const isDryRun = {
  type: "boolean",
  default: false,
  description: "Whether nothing is done, but told, is true or false.",
} as const;

/** Of POSIX, or of Windows, whose clients may ask a server elsewhere. */
const directory = {
  type: "string",
  pattern: String.raw`^(?:/|\\\\|[A-Za-z]:[\\/])`,
  description: "The directory is the absolute path of the folder that relative directories of functions start at.",
} as const;

const format = {
  type: "string",
  enum: ["yaml", "json"],
  default: "yaml",
  description: "The format is yaml or json.",
} as const;

const change = shape({
  action: { enum: ["created", "changed"] },
  type: { enum: ["queue", "topic", "subscription", "stream", "consumer", "function", "event source"] },
  name: text,
  account,
  region,
  details: list(text, "What differed."),
});

const applied = shape({
  dryRun: { type: "boolean" },
  changes: list(change, "In the order of the document."),
  unchanged: { ...count, description: "How many are as the document declares them." },
  notes: list(text, "What the document says that means nothing here."),
});

interface ApplyOptions {
  readonly isDryRun: boolean;
  /** Where relative directories of functions start. */
  readonly directory: string | undefined;
}

/** Applies documents, and writes them. Each throws Refusal when that cannot be done. */
export interface ProvisioningControl {
  apply(document: string, options: ApplyOptions): Promise<AnswerOf<typeof applied>>;
  export(format: "yaml" | "json", account?: string): Promise<string>;
}

/** What routes about files are given. */
export interface ProvisioningDeps {
  /** Loaded when somebody asks for the first time. */
  readonly provisioning: () => Promise<ProvisioningControl>;
}

export const provisioningRoutes = [
  controlRoute({
    method: "POST",
    path: `${CONTROL_PREFIX}apply`,
    summary: "creates and changes queues, topics, streams and functions as a document declares them",
    inputs: { document, directory, dryRun: isDryRun },
    required: ["document"],
    answer: applied,
    textBody: { input: "document", begins: "", limit: LARGEST_DOCUMENT },
    handle: async ({ provisioning }: ProvisioningDeps, { document: given, directory: folder, dryRun = false }) =>
      (await provisioning()).apply(given, { isDryRun: dryRun, directory: folder }),
  }),
  controlRoute({
    method: "GET",
    path: `${CONTROL_PREFIX}export`,
    summary: "writes the document that declares what there is",
    inputs: { format, account },
    answer: {
      type: "string",
      description: "A document that can be applied. Messages and zip files of functions are not in it.",
    },
    handle: async ({ provisioning }: ProvisioningDeps, { format: wanted = "yaml", account: owner }) =>
      (await provisioning()).export(wanted as "yaml" | "json", owner),
  }),
];
