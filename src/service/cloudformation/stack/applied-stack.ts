import type { StackContent, StackParameter } from "../../../engine/stack/stack.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Operate } from "../../../provisioning/operate.ts";
import type { ApplyDeps, Attended } from "../../../provisioning/resource/apply/application.ts";
import type { Plan } from "../../../provisioning/template/plan/plan.ts";
import type { Resolved } from "../../../provisioning/template/resolve.ts";
import type { WorkOnStacks } from "../work/work-on-stacks.ts";

/** What the deployer is given at construction. */
export interface DeployerDeps {
  readonly operate: Operate;
  readonly ids: Ids;
  /** Has others have their turn. */
  readonly pause: () => Promise<void>;
  /** What is being done to stacks. */
  readonly works: WorkOnStacks;
  /** URLs at which resources wait for answers. */
  readonly callbacksFor: (asking: {
    readonly account: string;
    readonly origin: string;
    readonly wait: Attended["wait"];
  }) => Attended["callbacks"];
  /** Hears of what went wrong when nobody was there any more to be told. */
  readonly report: (cause: unknown) => void;
  /** What becomes of resources that nobody here can make. */
  readonly unknown: ApplyDeps["unknown"];
}

/** The stack as plans see it. */
export function appliedStack({ resources, parameters }: StackContent): Plan["before"] {
  const values = parameters.map(({ key, value, resolvedValue }) => [key, resolvedValue ?? value] as const);
  return { resources, parameters: Object.fromEntries(values) };
}

/** The parameters as the stack keeps them. */
export function stackParameters({ parameters }: Resolved): readonly StackParameter[] {
  return [...parameters.values()].map(({ key, text, storedText, isHidden }) => ({
    key,
    value: text,
    ...(storedText !== undefined && { resolvedValue: storedText }),
    ...(isHidden && { isHidden: true as const }),
  }));
}
