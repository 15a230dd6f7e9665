import { parseJsonObject } from "../../kernel/json/json-object.ts";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { controlRoute, Refusal } from "./contract.ts";

/** What the URLs begin with at which resources of stacks wait for an answer. */
export const STACK_CALLBACKS = `${CONTROL_PREFIX}stack-callbacks/`;

/** Hands an answer to the resource that waits for it. False when none does. */
export type PutAnswer = (token: string, answer: Answer) => Promise<boolean>;

/** What JSON can say. */
type Json = string | number | boolean | null | readonly Json[] | Answer;
type Answer = { readonly [key: string]: Json };

/** AWS: a response object of custom resources has 4,096 bytes at most. */
const LONGEST_ANSWER = 4096;

export const stackCallbackRoute = controlRoute({
  method: "PUT",
  path: `${STACK_CALLBACKS}:id`,
  summary: "takes what a custom resource or a wait condition of a stack waits for, the body of a ResponseURL",
  inputs: {
    id: { type: "string", description: "The id is the last part of the URL that the stack gave out." },
    answer: { type: "string", description: "The body is a JSON object with a Status, at most 4,096 bytes of it." },
  },
  required: ["id", "answer"],
  textBody: { input: "answer", begins: "", limit: LONGEST_ANSWER },
  async handle({ putAnswer }: { readonly putAnswer: PutAnswer }, { id, answer: text }) {
    const answer = parseJsonObject(text) as Answer | undefined;
    if (answer === undefined) throw new Refusal("An answer to a stack is a JSON object.");
    const flaw = flawOf(answer);
    if (flaw !== undefined) throw new Refusal(flaw);
    if (!(await putAnswer(id, answer))) throw new Refusal("No resource of a stack waits at this URL any more.");
    return undefined;
  },
});

const TEXTS = ["Reason", "PhysicalResourceId", "UniqueId"];

/** What is wrong with an answer. Members that are of no interest may be anything, as on AWS. */
function flawOf(answer: Answer): string | undefined {
  if (answer.Status !== "SUCCESS" && answer.Status !== "FAILED") return "The Status of an answer is SUCCESS or FAILED.";
  const strange = TEXTS.find((name) => answer[name] !== undefined && typeof answer[name] !== "string");
  return strange === undefined ? undefined : `The ${strange} of an answer is a text.`;
}
