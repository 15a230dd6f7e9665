import type { RequestListener } from "node:http";
import { latePart, lazily } from "../kernel/load/late-package.ts";
import { nextTurn } from "../kernel/time/system-clock.ts";
import type { OpenControlDeps } from "../server/control/control.ts";
import type { LastAnswers } from "../server/control/last-answers.ts";
import type { ModuleRoutes } from "./modules/module.ts";

/** Opens the emulator's own routes with the first request for one of them; nothing of them is loaded before. */
export function lateControl(
  deps: OpenControlDeps,
  ofModules: ModuleRoutes,
  lastAnswers: LastAnswers,
): () => Promise<RequestListener> {
  return lazily(async () => {
    const { openControl } = await latePart(() => import("../server/control/control.ts"));
    await nextTurn();
    return lastAnswers.of(await openControl({ ...deps, nextTurn }, await latePart(ofModules)));
  });
}
