import { inDocument, LONGEST_DOCUMENT, readDocument } from "../document/document.ts";
import { DocumentError, Part, type Path } from "../document/part.ts";
import type { World } from "../world/world.ts";
import { readElasticMq } from "./elasticmq.ts";
import { readFauxqs } from "./fauxqs.ts";
import { readGoaws } from "./goaws.ts";
import { readHocon } from "./hocon.ts";

/** A file of another emulator, read. */
interface ForeignFile {
  readonly format: "elasticmq" | "fauxqs" | "goaws";
  readonly world: World;
  placeOf(path: Path): string;
}

/** What is read. */
export const FORMATS = "elasticmq.conf, goaws.yaml or an init file of fauxqs";

/** A line as elasticmq.conf has it. */
const HOCON = /^[ \t]*(?:include\b|(?:queues|node-address|rest-sqs|aws)[ \t]*(?:=[ \t]*)?\{)/m;

/** Reads a file of another emulator, which is told by what it holds. Throws DocumentError. */
export function readFormat(name: string, text: string): ForeignFile {
  if (text.length > LONGEST_DOCUMENT)
    throw new DocumentError(`${name}: there can be ${LONGEST_DOCUMENT} characters`, []);
  if (/\.conf$/i.test(name) || HOCON.test(text)) {
    const document = readHocon(name, text);
    return {
      format: "elasticmq",
      world: inDocument(document, () => readElasticMq(new Part(document.value))),
      placeOf: document.placeOf,
    };
  }
  const document = readDocument(name, text);
  const { root } = document;
  const other = otherFormat(name, root);
  if (other !== undefined) throw new DocumentError(`${name} is ${other}`, []);
  const isFauxqs = ["queues", "topics", "buckets"].some((member) => root.member(member).isList);
  const isGoaws = root
    .entries()
    .some(([, part]) => ["Queues", "Topics", "Port", "Host"].some((member) => !part.member(member).isEmpty));
  if (!isFauxqs && !isGoaws) throw new DocumentError(`${name} is neither ${FORMATS.replace(" or ", " nor ")}`, []);
  const world = inDocument(document, () => (isFauxqs ? readFauxqs(root) : readGoaws(root)));
  return { format: isFauxqs ? "fauxqs" : "goaws", world, placeOf: (path) => document.placeOf(path) };
}

/** What a file is that others read, and what to give instead. */
function otherFormat(name: string, root: Part): string | undefined {
  const has = (...members: readonly string[]) => members.every((member) => !root.member(member).isEmpty);
  if (root.member("Resources").isObject || has("AWSTemplateFormatVersion")) {
    return `a CloudFormation template: --template ${name} has it be a stack`;
  }
  if (has("service", "provider")) {
    return "of the Serverless Framework: after `serverless package`, --template .serverless/cloudformation-template-update-stack.json has it be a stack";
  }
  if (root.member("artifacts").isObject) return "written by cdk synth: --template and its folder have it be stacks";
  const isOurs = ["queues", "topics", "streams", "accounts", "regions"].some((member) => root.member(member).isObject);
  return isOurs ? `a configuration of ours: --config ${name} reads it` : undefined;
}
