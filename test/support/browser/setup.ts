import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
// @ts-expect-error a tool is no TypeScript
import { bundleConsole } from "../../../tools/console.js";

/** Chromium as Debian installs it, unless told. */
const EXECUTABLE = process.env.WAYSTATION_CHROMIUM ?? "/usr/bin/chromium";

/** What lets it start as root, and keeps it from asking anybody on its own account. */
const FLAGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

declare module "vitest" {
  interface ProvidedContext {
    /** Whether what tests compare with is to be made anew. */
    readonly isUpdating: boolean;
    /** Where the one browser of all tests is, and the console that is built for them; undefined where there is no browser. */
    readonly browser: { readonly address: string; readonly consoleFolder: string } | undefined;
  }
}

/** So long it may take to start, on however busy a machine. */
const LAUNCH_MS = 300_000;

/** Starts one browser and builds the console once, for all tests that need them. */
export async function setup({ provide, config }: TestProject): Promise<(() => Promise<void>) | undefined> {
  provide("isUpdating", config.snapshotOptions.updateSnapshot === "all");
  if (!existsSync(EXECUTABLE)) {
    process.stdout.write(`There is no ${EXECUTABLE}, so the tests of the console in a browser are left out.\n`);
    provide("browser", undefined);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "waystation-console-"));
  const [server] = await Promise.all([
    chromium.launchServer({ executablePath: EXECUTABLE, args: FLAGS, host: "127.0.0.1", timeout: LAUNCH_MS }),
    bundleConsole(folder),
  ]);
  provide("browser", { address: server.wsEndpoint(), consoleFolder: pathToFileURL(`${folder}/`).href });
  return async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  };
}
