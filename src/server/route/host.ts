import { present } from "../../kernel/present.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { headerOf, type WireRequest } from "../../protocol/protocol.ts";

/** What a host name in AWS's manner says. */
export interface HostParts {
  /** Id of the service. */
  readonly service: string;
  readonly region: string | undefined;
}

/** `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** AWS: the hosts without a region are from the days when there was one. */
const REGION_OF_OLD = "us-east-1";

/** Host and port the caller addressed. */
export function hostOf(request: WireRequest): string {
  return headerOf(request, "host") ?? "";
}

/**
 * Understands `sqs.eu-west-1.amazonaws.com`, `sqs-fips.us-east-1.amazonaws.com`, `eu-west-1.queue.amazonaws.com`,
 * `queue.amazonaws.com`, and the same under any other domain.
 */
export function createHostReader(models: readonly ServiceModel[]): (host: string) => HostParts | undefined {
  const serviceOf = new Map<string, string>();
  for (const { id, hostAliases = [] } of models) {
    for (const label of [id, ...hostAliases]) serviceOf.set(label, id).set(`${label}-fips`, id);
  }
  return (host) => {
    const labels = host.toLowerCase().replace(/:\d+$/, "").split(".");
    const at = labels.findIndex((label) => serviceOf.has(label));
    if (at < 0) return undefined;
    return {
      service: present(serviceOf.get(labels[at] ?? ""), "the service of a host"),
      region: regionBeside(labels, at),
    };
  };
}

function regionBeside(labels: readonly string[], at: number): string | undefined {
  const named = [labels[at + 1], labels[at - 1]].find((label) => label !== undefined && REGION.test(label));
  if (named !== undefined) return named;
  return labels.slice(at + 1).join(".") === "amazonaws.com" ? REGION_OF_OLD : undefined;
}
