import type { Plan } from "../../template/plan/plan.ts";
import { type AppliedOutput, type ApplyDeps, type ApplyOptions, outputText } from "./application.ts";
import { failureReason } from "./failure-reason.ts";
import type { SettledValues } from "./settled-values.ts";

/** Who says what outputs cannot be, and how that is told. */
interface Refusing {
  readonly deps: Pick<ApplyDeps, "ids">;
  readonly options: Pick<ApplyOptions, "refuseOutputs">;
}

/** The outputs of a plan now that its resources are there, or why they cannot be. */
export function outputsOf(
  { after }: Plan,
  values: SettledValues,
  { deps, options }: Refusing,
): { readonly list: readonly AppliedOutput[] } | { readonly reason: string } {
  try {
    const list = (after?.outputs ?? []).map(({ key, value, description, exportName }): AppliedOutput => {
      return {
        key,
        value: outputText(values.value(value)),
        ...(description !== undefined && { description }),
        ...(exportName !== undefined && { exportName }),
      };
    });
    const reason = options.refuseOutputs?.(list);
    return reason === undefined ? { list } : { reason };
  } catch (cause) {
    return { reason: failureReason(cause, { service: "CloudFormation", isOwn: true }, deps.ids) };
  }
}
