import { StackDirectory } from "../../engine/stack/stack-directory.ts";
import { nextTurnBy } from "../../kernel/time/in-turns.ts";
import type { CallbackBox } from "../../provisioning/resource/callbacks.ts";
import type { JsonMap } from "../../provisioning/template/value.ts";
import { STACK_CALLBACKS } from "../../server/control/stack-callbacks.ts";
import { cloudFormationModel, cloudFormationOperations } from "../../service/cloudformation/cloudformation-model.ts";
import type { WorkOnStacks } from "../../service/cloudformation/work/work-on-stacks.ts";
import type { Service } from "../../service/service.ts";
import { lateModule, lateRoutes, type Module, type ModuleDeps } from "./module.ts";

/** CloudFormation with its stacks, which are there before it is loaded. */
export interface CloudFormation extends Module {
  readonly stacks: StackDirectory;
  /** The answers that stacks of an account, or of all, wait for: those first for which they wait the shortest time. */
  readonly stackWaits: WorkOnStacks["waits"];
  /** Hears that nothing will come of what somebody was asked for, with the request. */
  makerFailed(request: string, reason: string): void;
}

/** CloudFormation, which is loaded when it is first called. What its stacks are made of it makes by way of `operate`. */
export function lateCloudFormation(deps: ModuleDeps): CloudFormation {
  const { config, clockOf, ids, log, logs, soon, operate, work } = deps;
  const directory = new StackDirectory({ clockOf, ids, logs: logs.part("cloudformation") });
  const outline = { model: cloudFormationModel, operations: cloudFormationOperations, routes: answerRoutes };
  let callbacks: CallbackBox | undefined;
  let works: WorkOnStacks | undefined;
  const module = lateModule(outline, async () => {
    const [{ createCloudFormationService }, { Deployer }, { WorkOnStacks }, { CallbackBox }, { toolkitStack }] =
      await Promise.all([
        import("../../service/cloudformation/index.ts"),
        import("../../service/cloudformation/stack/deployer.ts"),
        import("../../service/cloudformation/work/work-on-stacks.ts"),
        import("../../provisioning/resource/callbacks.ts"),
        import("../../service/cloudformation/stack/toolkit.ts"),
      ]);
    directory.bear(toolkitStack);
    const box = new CallbackBox(ids);
    callbacks = box;
    works = new WorkOnStacks({ clockOf, hold: (account) => work.begin(account, "stack") });
    const deployer = new Deployer({
      ...{ operate, ids, works, unknown: config.unknownResources },
      pause: nextTurnBy(soon),
      callbacksFor: ({ origin, ...asking }) => box.at({ ...asking, base: `${origin}${STACK_CALLBACKS}` }),
      report: (err) => log.log("error", { err }, "internal failure of a stack that its caller does not wait for"),
    });
    return {
      service: createCloudFormationService({ directory, deployer, ids }),
      stores: [box],
      putAnswer: box.put.bind(box),
    };
  });
  return {
    ...module,
    stacks: directory,
    stackWaits: (account) => works?.waits(account) ?? [],
    stores: [...module.stores, directory],
    makerFailed(request, reason) {
      const at = callbacks === undefined ? -1 : request.indexOf(STACK_CALLBACKS);
      if (at >= 0) callbacks?.giveUp(tokenIn(request.slice(at + STACK_CALLBACKS.length)), reason);
    },
  };
}

/** The last part of a URL at which a resource of a stack waits. */
function tokenIn(rest: string): string {
  return rest.slice(0, rest.indexOf('"'));
}

/** Those who have an answer for a stack. */
interface Answerable extends Module<Service> {
  readonly putAnswer: (token: string, answer: JsonMap) => boolean;
}

function answerRoutes(loaded: () => Promise<Answerable>) {
  return lateRoutes(({ cloudFormationRoutes }) => cloudFormationRoutes, {
    putAnswer: async (token: string, answer: JsonMap) => (await loaded()).putAnswer(token, answer),
  });
}
