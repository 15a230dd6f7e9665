import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pastProxies } from "../../kernel/http/past-proxies.ts";
import type { InitHooks } from "../../provisioning/hooks/init-hooks.ts";
import { clientVariables } from "../../testing/client-variables.ts";
import { inheritedEnvironment, UsageError } from "../settings/config.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";

/** Where scripts are looked for unless somebody says: ours, those of LocalStack, and those of older versions of it. */
const USUAL_FOLDERS = ["/etc/waystation/init", "/etc/localstack/init", "/docker-entrypoint-initaws.d"];

/** What leads clients elsewhere although they are told an endpoint, or has them come as somebody else. */
const MISLEADING =
  /^AWS_(?:ENDPOINT_URL_\w+|IGNORE_CONFIGURED_ENDPOINT_URLS|(?:DEFAULT_)?PROFILE|SESSION_TOKEN|SECURITY_TOKEN)$/;

/** Finds the scripts that the command line runs, and loads what runs them where there is a folder. Throws UsageError. */
export async function findHooks(deps: ProvisioningRoomDeps): Promise<InitHooks | undefined> {
  const { initDir, initTimeoutMs, region } = deps.config;
  if (deps.runsScriptsUntil === undefined) {
    if (initDir === undefined) return undefined;
    throw new UsageError("initDir is for the command line: a program runs its scripts itself");
  }
  const folders = (initDir ?? USUAL_FOLDERS).filter((folder) => existsSync(folder));
  const missing = initDir?.find((folder) => !folders.includes(folder));
  if (missing !== undefined) throw new UsageError(`--init-dir: there is no folder ${missing}`);
  if (folders.length === 0) return undefined;
  const { InitHooks } = await import("../../provisioning/hooks/init-hooks.ts");
  const endpoint = deps.origin().replace(/^https:/, "http:"); // plain text is served as well, and needs no trust
  return InitHooks.find({
    folders: folders.map((folder) => resolve(folder)),
    environment: {
      ...honestEnvironment(),
      ...pastProxies(inheritedEnvironment(), endpoint),
      ...clientVariables({ endpoint, region, accessKeyId: "test" }),
    },
    timeoutMs: initTimeoutMs,
    clock: deps.clock,
    log: (level, fields, text) => deps.log.log(level, fields, text),
  }).catch((cause: Error) => {
    throw new UsageError(`--init-dir: ${cause.message}`);
  });
}

function honestEnvironment(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(inheritedEnvironment()).filter(([name]) => !MISLEADING.test(name)));
}
