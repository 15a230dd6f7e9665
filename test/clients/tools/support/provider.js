import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command.js";
import { folderOf } from "./tool.js";

/** A folder with the provider, where the registry is out of reach: `<host>/<namespace>/<type>/<version>/<os>_<arch>/`. */
const { WAYSTATION_TERRAFORM_PLUGINS: plugins } = process.env;

/** What `init` takes. */
export const INIT = ["init", "-input=false", "-no-color", ...(plugins === undefined ? [] : [`-plugin-dir=${plugins}`])];

/** Terraform or OpenTofu, whichever there is. */
export async function findTerraform() {
  for (const command of ["terraform", "tofu"]) if ((await runCommand(command, ["version"])).code === 0) return command;
  return undefined;
}

/** Whether there is a Terraform that gets the provider from its registry or from that folder. */
export async function hasProvider() {
  const command = await findTerraform();
  if (command === undefined) return false;
  const cwd = mkdtempSync(join(tmpdir(), "waystation-terraform-"));
  try {
    copyFileSync(join(folderOf("terraform"), "main.tf"), join(cwd, "main.tf"));
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    return (await runCommand(command, INIT, { cwd, env })).code === 0;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
