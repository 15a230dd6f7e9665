import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.js";

/** What keeps each tool from asking others than its registry. */
const SILENT = {
  AWS_EC2_METADATA_DISABLED: "true",
  SAM_CLI_TELEMETRY: "0",
  CDK_DISABLE_CLI_TELEMETRY: "true",
  CDK_DISABLE_VERSION_CHECK: "1",
  SLS_TELEMETRY_DISABLED: "1",
  SLS_NOTIFICATIONS_MODE: "off",
  SLS_DISABLE_AUTO_UPDATE: "1",
  CHECKPOINT_DISABLE: "1",
};

/** A copy of what a tool deploys, `of` the folder of that name, and the tool in it: with no settings but the server's address. */
export function createTool(of, endpoint, command, env = {}) {
  const home = mkdtempSync(join(tmpdir(), `waystation-${of}-`));
  after(() => rmSync(home, { recursive: true, force: true }));
  const cwd = join(home, "project");
  cpSync(folderOf(of), cwd, { recursive: true });
  const packages = downloadsOf(of, "node_modules");
  if (existsSync(packages)) symlinkSync(packages, join(cwd, "node_modules"));
  const own = { PATH: process.env.PATH, HOME: home, TMPDIR: home, CI: "1", ...SILENT, ...env };
  const aws = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" };
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const run = (args, more = {}) =>
    runCommand(command[0], [...command.slice(1), ...args], { cwd, env: { ...own, ...aws, ...keys, ...more } });
  return {
    cwd,
    run,
    /** Runs the tool and expects that it ends well. */
    async succeed(args, more) {
      const result = await run(args, more);
      assert.equal(result.code, 0, `${of} ${args.join(" ")}\n${result.output}`);
      return result;
    },
  };
}

/** What a tool deploys, and what is pinned of it. */
export function folderOf(tool) {
  return fileURLToPath(new URL(`../${tool}`, import.meta.url));
}

/** Where a tool is installed: not below `test`, where hundreds of thousands of files would be looked through by those who look for tests. */
export function downloadsOf(tool, ...path) {
  return join(
    fileURLToPath(new URL("../../../../node_modules/.cache/waystation-tools", import.meta.url)),
    tool,
    ...path,
  );
}
