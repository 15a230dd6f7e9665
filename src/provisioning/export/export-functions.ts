import type { DescribedFunction } from "../apply/function/placed-function.ts";
import type { Session } from "../apply/session.ts";
import { shortQueue } from "./declared-values.ts";
import { exportEventSources } from "./export-event-sources.ts";

interface Configuration {
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
}

interface InvokeConfig {
  readonly DestinationConfig?: Readonly<Record<"OnSuccess" | "OnFailure", { readonly Destination?: string }>>;
}

/** What a file says of the functions of an account and region, by name. Tells `note` of those of which it can say nothing. */
export async function exportFunctions(session: Session, note: (text: string) => void): Promise<object> {
  const exported: Record<string, object> = {};
  for await (const described of session.inTurns(await session.describeFunctions())) {
    const { name } = described;
    if ("flaw" in described) {
      const { account, region } = session.place;
      note(`The function ${name} of ${account} in ${region} is left out: ${described.flaw}.`);
      continue;
    }
    const declared = await exportFunction(session, described);
    if (declared !== undefined) exported[name] = declared;
  }
  return exported;
}

async function exportFunction(
  session: Session,
  { name: FunctionName, options }: Extract<DescribedFunction, { readonly options: object }>,
): Promise<object | undefined> {
  const found = await session.find<Configuration>("lambda", "GetFunctionConfiguration", { FunctionName });
  if (found === undefined) return undefined;
  const config = await session.find<InvokeConfig>("lambda", "GetFunctionEventInvokeConfig", { FunctionName });
  const { OnSuccess, OnFailure } = config?.DestinationConfig ?? {};
  const endings = {
    deadLetterQueue: found.DeadLetterConfig?.TargetArn,
    onSuccess: OnSuccess?.Destination,
    onFailure: OnFailure?.Destination,
  };
  const said = Object.entries(endings).flatMap(([member, arn]) => (arn ? [[member, shortQueue(session, arn)]] : []));
  const eventSources = await exportEventSources(session, FunctionName);
  return {
    ...options,
    ...Object.fromEntries(said),
    ...(eventSources.length > 0 && { eventSources }),
  };
}
