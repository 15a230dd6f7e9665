import { type Applied, applyWorld } from "../../provisioning/apply/apply.ts";
import { DocumentError } from "../../provisioning/document/part.ts";
import { UsageError } from "../settings/config.ts";
import { applyDepsOf } from "./apply-deps.ts";
import { type Declaration, placed } from "./declaration.ts";
import { declaredBySettings } from "./declared-by-settings.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";

/** Makes what file, import and settings declare, and logs what that was. Throws UsageError. */
export async function applyDeclarations(deps: ProvisioningRoomDeps): Promise<void> {
  const { config, file, log } = deps;
  const declarations = [file?.declaration, await importedBy(config.import), declaredBySettings(config)];
  for (const declaration of declarations) {
    if (declaration === undefined) continue;
    for (const note of declaration.world.notes) log.log("warn", {}, note);
    const { changes } = await applied(declaration, deps);
    log.log("info", { created: changes.length }, "made what is declared");
  }
}

async function applied(declaration: Declaration, deps: ProvisioningRoomDeps): Promise<Applied> {
  try {
    return await placed(declaration, () => applyWorld(declaration.world, applyDepsOf(deps)));
  } catch (cause) {
    throw cause instanceof DocumentError ? new UsageError(cause.message) : cause;
  }
}

async function importedBy(path: string | undefined): Promise<Declaration | undefined> {
  if (path === undefined) return undefined;
  const { readImport } = await import("./import-file.ts");
  return readImport(path);
}
