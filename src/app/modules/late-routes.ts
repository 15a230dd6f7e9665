import { boundRoutes, type ControlRoute } from "../../server/control/contract.ts";
import type { ModuleRoutes } from "./module.ts";

/** A module's control routes with what they look at, whose contracts are loaded when somebody first asks for one of the emulator's own. */
export function lateRoutes<Deps>(
  contractsIn: (contracts: typeof import("./module-routes.ts")) => readonly ControlRoute<Deps>[],
  deps: Deps,
): ModuleRoutes {
  return async () => boundRoutes(contractsIn(await import("./module-routes.ts")), deps);
}
