import { StackDirectory } from "../../engine/stack/stack-directory.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { cloudFormationModel, cloudFormationOperations } from "../../service/cloudformation/cloudformation-model.ts";
import { lateModule, type Module, type ModuleDeps } from "./module.ts";

/** CloudFormation, which is loaded when it is first called. What its stacks are made of it makes by way of `operate`. */
export function lateCloudFormation({ config, clockOf, ids, logs, soon, operate }: ModuleDeps): Module {
  const directory = new StackDirectory({ clockOf, ids, logs: logs.part("cloudformation") });
  return lateModule({ model: cloudFormationModel, operations: cloudFormationOperations }, async () => {
    const [{ createCloudFormationService }, { Deployer }, { CallbackBox }] = await Promise.all([
      import("../../service/cloudformation/index.ts"),
      import("../../service/cloudformation/stack/deployer.ts"),
      import("../../provisioning/resource/callbacks.ts"),
    ]);
    const wait = (account: string) => (ms: number, signal?: AbortSignal) => waitOn(clockOf(account), ms, signal);
    const deployer = new Deployer({
      ...{ operate, ids, wait, unknown: config.unknownResources },
      pause: () => new Promise<void>((resolve) => soon(resolve)),
      callbacksFor: (account, origin) =>
        new CallbackBox({ ids, base: () => `${origin}/_waystation/stack-callbacks/`, wait: wait(account) }),
    });
    return { service: createCloudFormationService({ directory, deployer, ids }), stores: [directory] };
  });
}

/** Resolves after a time of the account, or when it is not waited for any more. */
function waitOn(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.at(clock.now() + ms, resolve);
    signal?.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}
