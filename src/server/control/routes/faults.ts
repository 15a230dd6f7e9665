import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";

const PATH = `${CONTROL_PREFIX}faults`;
const MOST = 1_000_000_000;

const count = { type: "integer", minimum: 0 } as const;
const text = { type: "string" } as const;

function aName<const D extends string>(description: D) {
  return { type: "string", minLength: 1, maxLength: 1024, description } as const;
}

function occasion<const D extends string>(description: D) {
  return { type: "integer", minimum: 1, maximum: MOST, description } as const;
}

const id = {
  type: "string",
  pattern: "^[\\w.-]{1,64}(?:/[\\w.-]{1,64})?$",
  description: "The id of a fault has up to 64 letters, digits, dots, hyphens and underscores.",
} as const;

const seed = {
  type: "string",
  pattern: "^[\\w./-]{1,200}$",
  description: "The seed has up to 200 letters, digits, slashes, dots, hyphens and underscores.",
} as const;

const probability = {
  type: "number",
  exclusiveMinimum: 0,
  maximum: 1,
  description: "The probability is a number above 0 and not above 1.",
} as const;

const about = {
  service: aName("The service is one that is served, such as sqs."),
  operation: aName("The operation is one of an API, such as SendMessage."),
  account,
  region,
  resource: aName("The resource is a name, a queue's URL or an ARN."),
};

const trigger = {
  nth: occasion(`nth is a whole number from 1 to ${MOST}: the fault happens on that occasion only.`),
  every: occasion(`every is a whole number from 1 to ${MOST}: the fault happens on each multiple of it.`),
  probability,
  times: occasion(`times is a whole number from 1 to ${MOST}: the fault happens no more often.`),
};

/** What effects are told; which of them takes what, and what it looks like, is for the effect to say. */
const members = {
  code: aName("The code is that of an error, such as InternalError."),
  status: { type: "integer", description: "The status is one of HTTP, such as 503." },
  message: aName("The message is the text of an error."),
  duration: {
    type: ["string", "number"],
    description: "The duration is a number of seconds or a text such as 250ms, 30s or PT5M.",
  },
  clock: aName("The clock is virtual or real."),
  when: aName("when is before or after."),
  entries: {
    type: ["string", "array"],
    description: "The entries are places of a batch, counted from 0, such as 0,2 or [0, 2].",
  },
  share: { type: "number", description: "The share is a number above 0 and not above 1." },
  after: aName("after is receive or delete."),
  by: { type: "integer", description: "by is a whole number from 1 to 1000." },
  access: aName("access is read or write."),
  shard: aName("The shard is the id of one, such as shardId-000000000000."),
  partitionKey: aName("The partitionKey is one of records."),
  reason: aName("The reason is timeout or refused."),
  errorType: aName("The errorType is the type of an error of a function, such as TypeError."),
  errorMessage: aName("The errorMessage is the text of an error of a function."),
} as const;

const fault = {
  type: "object",
  properties: {
    id: text,
    seed: text,
    service: text,
    operation: text,
    account,
    region,
    resource: text,
    nth: count,
    every: count,
    probability: { type: "number" },
    times: count,
    effect: { type: "object", properties: { type: text }, required: ["type"] },
    matched: { ...count, description: "How many calls, messages, records, deliveries or invocations it was about." },
    fired: { ...count, description: "On how many of them it happened." },
  },
  required: ["id", "seed", "effect", "matched", "fired"],
  additionalProperties: false,
} as const;

const faults = {
  type: "object",
  properties: { faults: { type: "array", items: fault } },
  required: ["faults"],
  additionalProperties: false,
} as const;

const added = {
  type: "object",
  properties: { seed: text, faults: faults.properties.faults },
  required: ["seed", "faults"],
  additionalProperties: false,
} as const;

/** A fault as it is asked for. */
interface FaultInputs extends Readonly<Record<string, unknown>> {
  readonly effect?: string | object;
}

/** The faults on purpose. What cannot be is refused with a sentence. */
export interface FaultDeps {
  readonly addFaults: (inputs: FaultInputs) => Promise<AnswerOf<typeof added>>;
  readonly listFaults: (whose: { readonly account?: string }) => Promise<AnswerOf<typeof faults>["faults"]>;
  readonly removeFaults: (whose: {
    readonly id?: string;
    readonly account?: string;
  }) => Promise<AnswerOf<typeof faults>["faults"]>;
}

export const faultRoutes = [
  controlRoute({
    method: "GET",
    path: PATH,
    summary: "lists the faults, and what each did",
    inputs: { account },
    answer: faults,
    handle: async ({ listFaults }: FaultDeps, whose) => ({ faults: await listFaults(whose) }),
  }),
  controlRoute({
    method: "POST",
    path: PATH,
    summary: "has calls, messages, deliveries or invocations go wrong",
    inputs: {
      effect: {
        type: ["string", "object"],
        description: 'The effect is a name such as throttle, or an object such as {"type": "throttle"}.',
      },
      preset: aName("The preset is one such as aws-like."),
      id,
      seed,
      ...about,
      ...trigger,
      ...members,
    },
    answer: added,
    handle: ({ addFaults }: FaultDeps, inputs) => addFaults(inputs as FaultInputs),
  }),
  controlRoute({
    method: "DELETE",
    path: PATH,
    summary: "ends one fault, or all of them",
    inputs: { id, account },
    answer: faults,
    handle: async ({ removeFaults }: FaultDeps, whose) => ({ faults: await removeFaults(whose) }),
  }),
];
