import type { EventSourceMapping, LambdaFunction } from "../../../api/control.ts";
import { counted } from "../../../part/words.ts";
import { hrefOfArn } from "../../../state/place.ts";
import type { MapEdge, MapNode } from "./elements.ts";
import { functionFlow } from "./flow-key.ts";

/** A function on the map. */
export function functionNode({ arn, name, runtime, packageType, eventSources }: LambdaFunction): MapNode {
  const sources = eventSources.length === 0 ? "" : `, ${counted(eventSources.length, "event source")}`;
  return { id: arn, kind: "function", name, note: `${runtime ?? packageType}${sources}`, href: hrefOfArn(arn) };
}

/** The ARN of a function without a version or an alias. */
export function unqualified(functionArn: string): string {
  return functionArn.split(":").slice(0, 7).join(":");
}

/** What leads to a function that reads, and from it to whoever is told how its events ended. */
export function functionEdges(lambda: LambdaFunction): readonly MapEdge[] {
  const { arn, deadLetterArn, asynchronous, eventSources } = lambda;
  const failures = [
    deadLetterArn,
    ...asynchronous.map(({ onFailureArn }) => onFailureArn),
    ...eventSources.map(({ onFailureArn }) => onFailureArn),
  ];
  const successes = asynchronous.map(({ onSuccessArn }) => onSuccessArn);
  return [
    ...eventSources.map((mapping) => readingEdge(mapping, arn)),
    ...leading(arn, failures, { kind: "dead-letters", label: "what failed", flow: functionFlow.failed }),
    ...leading(arn, successes, { kind: "subscription", label: "what succeeded", flow: functionFlow.succeeded }),
  ];
}

function readingEdge({ sourceArn, isEnabled, batchSize, filters }: EventSourceMapping, arn: string): MapEdge {
  const wanted = filters.map(({ sentence }) => sentence).join(", or ");
  const batches = `batches of ${batchSize}${wanted === "" ? "" : `, where ${wanted}`}`;
  const label = isEnabled ? batches : "disabled";
  return { from: sourceArn, to: arn, kind: "reading", flowKey: functionFlow.reading(arn, sourceArn), label };
}

interface Leading extends Pick<MapEdge, "kind" | "label"> {
  readonly flow: (from: string, to: string) => string;
}

/** One edge to each target, however often it is one. */
function leading(
  from: string,
  targets: readonly (string | undefined)[],
  { kind, label, flow }: Leading,
): readonly MapEdge[] {
  const known = new Set(targets.flatMap((target) => (target === undefined ? [] : unqualified(target))));
  return Array.from(known, (to) => ({ from, to, kind, flowKey: flow(from, to), label }));
}
