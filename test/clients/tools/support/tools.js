import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasProvider } from "./provider.js";
import { runCommand } from "./run-command.js";
import { downloadsOf, folderOf } from "./tool.js";

/** The tools, by the folder of what they deploy. `prepare` says whether the tool is there; it is fetched if it can be. */
export const tools = [
  { id: "sam", title: "SAM", prepare: () => isInstalled("sam", "requirements.txt", pip) },
  { id: "cdk", title: "the CDK", prepare: () => isInstalled("cdk", "package.json", npm) },
  { id: "serverless", title: "Serverless", prepare: () => isInstalled("serverless", "package.json", npm) },
  { id: "aws-cli", title: "the AWS CLI", prepare: () => isInstalled("aws-cli", "requirements.txt", pip) },
  { id: "terraform", title: "Terraform with the provider hashicorp/aws", prepare: hasProvider },
];

const pip = "python3 -m pip install --quiet --upgrade --target site-packages -r requirements.txt".split(" ");
const npm = "npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel error".split(" ");

/** Installs a tool, unless what is pinned has not changed since. */
async function isInstalled(tool, pins, [command, ...args]) {
  const cwd = downloadsOf(tool);
  const pinned = readFileSync(join(folderOf(tool), pins), "utf8");
  const stamp = join(cwd, "installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pinned) return true;
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, pins), pinned);
  const { code } = await runCommand(command, args, { cwd });
  if (code === 0) writeFileSync(stamp, pinned);
  return code === 0;
}
