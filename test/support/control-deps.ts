import {
  cloudFormationRoutes,
  kinesisRoutes,
  lambdaRoutes,
  type SnsControl,
  snsRoutes,
} from "../../src/app/modules/module-routes.ts";
import { boundRoutes } from "../../src/server/control/contract.ts";
import type { OpenControlDeps } from "../../src/server/control/control.ts";

/** Control routes over nothing. */
export function someControlDeps(deps: Partial<OpenControlDeps> = {}): OpenControlDeps {
  return {
    version: "1.2.3",
    services: [],
    host: "127.0.0.1",
    requireAccount: false,
    standard: { account: "000000000000", region: "us-east-1" },
    isStarting: () => false,
    ailment: () => undefined,
    provisioning: async () => {
      throw new Error("Nobody applies anything.");
    },
    clockOf: () => {
      throw new Error("No clock is asked for.");
    },
    reset: () => {},
    looking: async () => {
      throw new Error("Nobody looks inside.");
    },
    worlds: async () => {
      throw new Error("Nobody keeps worlds.");
    },
    addFaults: async () => ({ seed: "", faults: [] }),
    listFaults: async () => [],
    removeFaults: async () => [],
    readHistory: async () => ({ isRecording: false, steps: [] }),
    readCalls: async () => ({ isRecording: false, keepsInputs: false, calls: [] }),
    report: async () => ({ isRecording: false, findings: [] }),
    followEvents: async () => {
      throw new Error("Nobody listens.");
    },
    explain: async () => {
      throw new Error("Nobody asks why.");
    },
    wait: async () => {
      throw new Error("Nobody waits.");
    },
    expectNone: async () => {
      throw new Error("Nobody waits.");
    },
    recordHistory: async () => ({ isRecording: false, keepsInputs: false }),
    ...deps,
  };
}

/** The control routes of modules, over nothing but what is told. */
export function someModuleRoutes({
  readOutbox = () => ({ messages: [] }),
  readDeliveries = async () => ({ deliveries: [] }),
}: Partial<SnsControl> = {}) {
  return [
    ...boundRoutes(snsRoutes, { readOutbox, readDeliveries, optOut: () => {} }),
    ...boundRoutes(kinesisRoutes, { readStreamQueues: () => ({ queues: [] }) }),
    ...boundRoutes(lambdaRoutes, {
      readInvocations: () => ({ invocations: [] }),
      readFunctionEvents: () => ({ events: [] }),
    }),
    ...boundRoutes(cloudFormationRoutes, { putAnswer: async () => false }),
  ];
}
