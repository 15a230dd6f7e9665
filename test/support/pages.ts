import { readFileSync } from "node:fs";
import { controlRoutes } from "../../src/app/modules/module-routes.ts";
import { flagOf, groupsOf, variableOf } from "../../src/app/settings/setting-table.ts";
import { settingNames, settings } from "../../src/app/settings/settings.ts";
import { commands } from "../../src/cli/commands.ts";
import { usageOf } from "../../src/cli/help.ts";
import { configSchema } from "../../src/provisioning/config/config-schema.ts";
import type { DescribedRoute } from "../../src/server/control/openapi.ts";
import { formOf } from "../../src/server/control/route-list.ts";
import { contractLimits } from "./contract-limits.ts";

/** A page of the documentation, by its path in the repository. */
export function page(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** `docs/options.md`, from the table of settings. */
export function optionsPage(): string {
  const sections = groupsOf(settings).flatMap((group) => [
    `\n## ${group}\n`,
    "| flag | variable | option | default | what it is | values |",
    "| --- | --- | --- | --- | --- | --- |",
    ...settingNames.filter((name) => settings[name].group === group).map(optionRow),
  ]);
  return `${INTRODUCTION}${sections.join("\n")}\n`;
}

/** `docs/waystation.schema.json`, from the tables of settings and properties, and from what operations take. */
export function schemaPage(): string {
  const rows = settingNames.filter((name) => name !== "config");
  const ofSettings = rows.map(
    (name) => [name, { ...settings[name].schema, description: settings[name].help }] as const,
  );
  return `${JSON.stringify(configSchema(Object.fromEntries(ofSettings), contractLimits()), null, 2)}\n`;
}

const ROUTE_TABLE = /(\| route \| what it does \|\n\| --- \| --- \|\n)(?:\|.*\n)*/;

/** A page with its table of control routes written anew. */
export function withControlRoutes(text: string, routes: readonly DescribedRoute[] = controlRoutes): string {
  const rows = routes.map((route) => `| \`${formOf(route)}\` | ${route.summary} |\n`);
  return text.replace(ROUTE_TABLE, (_table, head: string) => `${head}${rows.join("")}`);
}

const COMMAND_TABLE = /(\| command \| what it does \| flags \|\n\| --- \| --- \| --- \|\n)(?:\|.*\n)*/;

/** A page with its table of commands written anew. */
export function withCommands(text: string): string {
  const rows = commands.map(({ name, takes, summary, flags = {} }) => {
    const shown = Object.entries(flags).map(
      ([flag, { takes: value, help }]) => `\`--${usageOf(flag, value)}\` ${help}`,
    );
    const usage = usageOf(name, takes).replaceAll("|", "\\|");
    return `| \`${usage}\` | ${summary} | ${shown.join("; ").replaceAll("|", "\\|")} |\n`;
  });
  return text.replace(COMMAND_TABLE, (_table, head: string) => `${head}${rows.join("")}`);
}

const INTRODUCTION = `# Options

Generated from the table of settings; \`npm run docs\` writes it anew. A flag goes before its variable. The options are those of
\`createEmulator\`, which reads no environment, takes a free port and logs nothing unless told. A flag, a variable that starts
with \`WAYSTATION_\` or an option that does not exist is refused, and so is a value that is none.
`;

function optionRow(name: (typeof settingNames)[number]): string {
  const { fallback, help, expects } = settings[name];
  const standard = fallback === undefined ? "" : `\`${fallback}\``;
  return `| \`--${flagOf(name)}\` | \`${variableOf(name)}\` | \`${name}\` | ${standard} | ${help} | ${expects} |`;
}
