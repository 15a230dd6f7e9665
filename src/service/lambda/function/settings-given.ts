import type { FunctionSettings, PlainMap } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { type Infer, structure } from "../../../model/shape.ts";
import { configurationMembers } from "./configuration-shapes.ts";
import { checkedVariables } from "./environment.ts";
import { checkRuntime } from "./runtimes.ts";

const configuration = structure(configurationMembers);

/** What a request says of how a function is run. */
type Given = Infer<typeof configuration>;

const SECOND_MS = 1000;
const MOST_SHOWN = 64 * 1024;

/** Members that are kept as they are given; an empty one takes away what there was. */
const SHOWN = [
  "VpcConfig",
  "KMSKeyArn",
  "TracingConfig",
  "Layers",
  "FileSystemConfigs",
  "ImageConfig",
  "EphemeralStorage",
  "SnapStart",
  "CapacityProviderConfig",
  "DurableConfig",
] as const satisfies readonly (keyof Given)[];

/** The settings with what a request changes of them. Throws InvalidParameterValue. */
export function changedSettings(before: FunctionSettings, given: Given): FunctionSettings {
  if (given.Runtime !== undefined) checkRuntime(given.Runtime);
  const { deadLetterArn, ...others } = before;
  const { TargetArn = deadLetterArn } = given.DeadLetterConfig ?? {};
  if (TargetArn) checkDeadLetters(TargetArn);
  checkLayers(given.Layers ?? []);
  const { Runtime, Handler, Description, Timeout, MemorySize, Environment, LoggingConfig } = given;
  return {
    ...others,
    ...(TargetArn && { deadLetterArn: TargetArn }),
    ...(Runtime !== undefined && { runtime: Runtime }),
    ...(Handler !== undefined && { handler: Handler }),
    ...(Description !== undefined && { description: Description }),
    ...(Timeout !== undefined && { timeoutMs: Timeout * SECOND_MS }),
    ...(MemorySize !== undefined && { memoryMb: MemorySize }),
    ...(Environment !== undefined && { environment: checkedVariables(Environment.Variables ?? {}) }),
    ...(LoggingConfig !== undefined && { logging: changedLogging(before.logging, LoggingConfig) }),
    shown: changedShown(before.shown, given),
  };
}

/** AWS: a queue or a topic, and no FIFO one. GAP: its words for it are not known. */
function checkDeadLetters(arn: string): void {
  const { service, resource } = parseArn(arn) ?? {};
  const isTarget = service === "sqs" || service === "sns";
  if (isTarget && resource?.endsWith(".fifo") === false) return;
  throw new InvalidParameterValue(
    `The target of DeadLetterConfig has to be a standard queue of Amazon SQS or a standard topic of Amazon SNS: ${arn}`,
  );
}

/** AWS: quotas, Lambda developer guide. */
const MOST_LAYERS = 5;

/** AWS: a function has one version of a layer, and has it once. GAP: its words for too many are not known. */
function checkLayers(arns: readonly string[]): void {
  if (arns.length > MOST_LAYERS) throw new InvalidParameterValue(`Cannot reference more than ${MOST_LAYERS} layers.`);
  const byLayer = new Map<string, string>();
  for (const arn of arns) {
    const layer = arn.slice(0, arn.lastIndexOf(":"));
    const other = byLayer.get(layer);
    if (other !== undefined) {
      throw new InvalidParameterValue(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    byLayer.set(layer, arn);
  }
}

/** AWS: in JSON, levels are INFO unless said; in text there are none. */
function changedLogging(
  before: FunctionSettings["logging"],
  given: NonNullable<Given["LoggingConfig"]>,
): FunctionSettings["logging"] {
  const { LogFormat: format = before.format, LogGroup: group = before.group } = given;
  if (format !== "JSON") return { format, group };
  const { ApplicationLogLevel: applicationLevel = before.applicationLevel ?? "INFO" } = given;
  const { SystemLogLevel: systemLevel = before.systemLevel ?? "INFO" } = given;
  return { format, group, applicationLevel, systemLevel };
}

function changedShown(before: PlainMap, given: Given): PlainMap {
  const kept = SHOWN.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // The members are those of shapes that have texts, numbers, lists and structures only.
  const merged = { ...before, ...Object.fromEntries(kept) } as PlainMap;
  checkSize(merged);
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => !isNothing(value)));
}

/** Throws InvalidParameterValue for more than anybody needs, which every version would have a copy of. */
function checkSize(shown: PlainMap): void {
  if (JSON.stringify(shown).length <= MOST_SHOWN) return;
  throw new InvalidParameterValue(
    `Waystation keeps ${MOST_SHOWN} characters of a configuration that it does not act on`,
  );
}

/** An empty text, list or structure. */
function isNothing(value: unknown): boolean {
  if (value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
