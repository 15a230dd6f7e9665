import { StackDirectory } from "../../src/engine/stack/stack-directory.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { createCloudFormationService } from "../../src/service/cloudformation/index.ts";
import { Deployer } from "../../src/service/cloudformation/stack/deployer.ts";
import { WorkOnStacks } from "../../src/service/cloudformation/work/work-on-stacks.ts";
import { stillTime } from "../support/queue.ts";
import { apiModel } from "./api-model.ts";
import { testModel } from "./model-contract.ts";

const ids = seededIds("contract");
const noTime = () => Promise.resolve();
const nothing = (): never => {
  throw new Error("nothing is called here");
};

testModel({
  service: createCloudFormationService({
    directory: new StackDirectory({ clockOf: () => stillTime, ids }),
    deployer: new Deployer({
      operate: nothing,
      ids,
      pause: noTime,
      works: new WorkOnStacks({ clockOf: () => stillTime, hold: nothing }),
      callbacksFor: nothing,
      report: nothing,
      unknown: "refuse",
    }),
    ids,
  }),
  model: apiModel("cloudformation"),
  operationCount: 30,
  hasQueryNames: true,
  known: {},
});
