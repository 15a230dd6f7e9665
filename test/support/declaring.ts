import { describeFunctions } from "../../src/app/functions/describe-function.ts";
import { placeFunction } from "../../src/app/functions/place-function.ts";
import { createServices } from "../../src/app/modules/services.ts";
import { createOperate } from "../../src/app/operate.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { inOneGo } from "../../src/kernel/time/in-turns.ts";
import { type Applied, applyWorld, planWorld } from "../../src/provisioning/apply/apply.ts";
import type { ApplyDeps } from "../../src/provisioning/apply/session.ts";
import { readConfig } from "../../src/provisioning/config/read-config.ts";
import { inDocument, readDocument } from "../../src/provisioning/document/document.ts";
import { DocumentError } from "../../src/provisioning/document/part.ts";
import { writeYaml } from "../../src/provisioning/document/write-yaml.ts";
import { exportWorld } from "../../src/provisioning/export/export-world.ts";
import type { World } from "../../src/provisioning/world/world.ts";
import { Interceptors } from "../../src/server/intercept.ts";
import { silentLogger } from "../../src/server/log.ts";
import { stillTime } from "./queue.ts";
import { ACCOUNT, REGION } from "./service-call.ts";

/** Services to which files are applied, on a time that moves whenever applying waits for it. */
export function provisioned(options: Parameters<typeof configFromOptions>[0] = {}) {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const ids = seededIds("provisioning");
  const parts = { clocks: new Clocks(clock), ids, log: silentLogger };
  const services = createServices(configFromOptions(options), parts);
  const interceptors = new Interceptors();
  const operate = createOperate({ services: services.list, interceptors, ids, origin: () => "http://localhost:4566" });
  const place = { account: ACCOUNT, region: REGION };
  const deps: ApplyDeps = {
    operate,
    placeFunction: async (wanted) => placeFunction(services.inside.functions, wanted),
    describeFunctions: async (at) => describeFunctions(services.inside.functions, at),
    defaults: place,
    nextTurn: () => Promise.resolve(),
    pause: async () => clock.advance(500),
  };
  /** Does that with what a file declares, and says where it cannot be. */
  const withText = async <T>(text: string, act: (world: World, deps: ApplyDeps) => Promise<T>): Promise<T> => {
    const document = readDocument("waystation.yaml", text);
    const world = inDocument(document, () => readConfig(document.root));
    try {
      return await act(world, deps);
    } catch (cause) {
      if (!(cause instanceof DocumentError)) throw cause;
      throw new DocumentError(`${document.placeOf(cause.path)}: ${cause.message}`, cause.path);
    }
  };
  return {
    clock,
    deps,
    interceptors,
    call: <Output = Record<string, unknown>>(service: string, operation: string, input: object, at = place) =>
      operate(service, operation, input, at) as Promise<Output>,
    apply: (text: string) => withText(text, applyWorld),
    export: async (...places: readonly (typeof place)[]) => inOneGo(writeYaml((await exportWorld(places, deps)).world)),
    exportNotes: async (...places: readonly (typeof place)[]) => (await exportWorld(places, deps)).notes,
    plan: (text: string) => withText(text, planWorld),
    [Symbol.asyncDispose]: () => services.close(),
  };
}

/** What was done, a line each. */
export function linesOf({ changes }: Pick<Applied, "changes">): readonly string[] {
  return changes.map(({ action, type, name, details }) => `${[`${action} ${type} ${name}`, ...details].join("; ")}`);
}
