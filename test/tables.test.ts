import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { controlRoutes } from "../src/app/modules/module-routes.ts";
import { flagOf, variableOf } from "../src/app/settings/setting-table.ts";
import { settingNames, settings } from "../src/app/settings/settings.ts";
import { VARIABLES_OF_OTHERS } from "../src/cli/endpoint.ts";
import { optionsPage, page, schemaPage, withCommands, withControlRoutes } from "./support/pages.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGES = ["README.md", "Dockerfile", ...inFolder("docs", ".md"), ...inFolder("docker", ".yaml")];

function inFolder(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}

test("docs/options.md says what the table of settings says", async () => {
  await expect(optionsPage()).toMatchFileSnapshot("../docs/options.md");
});

test("docs/waystation.schema.json says what the tables say", async () => {
  await expect(schemaPage()).toMatchFileSnapshot("../docs/waystation.schema.json");
});

test("docs/testing.md lists the control routes", async () => {
  await expect(withControlRoutes(page("docs/testing.md"))).toMatchFileSnapshot("../docs/testing.md");
});

test("docs/command-line.md lists the commands", async () => {
  await expect(withCommands(page("docs/command-line.md"))).toMatchFileSnapshot("../docs/command-line.md");
});

test.for(PAGES)("%s names no control route and no input that does not exist", (path) => {
  const named = [...page(path).matchAll(/\/_waystation\/([\w./:-]*\w)(?:\?([\w=&]+))?/g)].map(
    ([, name = "", query = ""]) => {
      const routes = controlRoutes.filter((known) => known.path === `/_waystation/${name}`);
      const inputs = query
        .split("&")
        .flatMap((input) => input.split("=").slice(0, 1))
        .filter((input) => input !== "");
      return {
        name,
        isKnown: routes.some((route) => inputs.every((input) => Object.hasOwn(route.inputs.properties, input))),
      };
    },
  );
  expect(named.filter(({ isKnown }) => !isKnown)).toEqual([]);
});

test.for(PAGES)("%s names no environment variable that does not exist", (path) => {
  const named = page(path).match(/WAYSTATION_[A-Z_]*[A-Z]\b(?!…|_)/g) ?? [];
  const known = settingNames.map(variableOf).concat(VARIABLES_OF_OTHERS);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

describe("the options in README.md", () => {
  const rows = [...page("README.md").matchAll(/^\| `(--.+?) \| `(WAYSTATION_\w*…?)` \| (.*?) \|$/gm)].map(
    ([, flags = "", variable = "", meaning = ""]) => ({ flags, variable, meaning }),
  );

  test("are found", () => {
    expect(rows.length).toBeGreaterThan(5);
  });

  test.for(rows)("$flags", ({ flags, variable, meaning }) => {
    const names = [...flags.matchAll(/--([a-z-]+)/g)].map(([, flag]) =>
      settingNames.find((name) => flagOf(name) === flag),
    );
    expect(names).not.toContain(undefined);
    const [stem = "", more] = variable.split("…");
    for (const name of names) {
      if (name === undefined) continue;
      if (more === undefined) expect(variable).toBe(variableOf(name));
      else expect(variableOf(name)).toContain(stem);
    }
    const [first = "port"] = names;
    const [, standard] = /^`([^`]+)`/.exec(meaning) ?? [];
    if (standard !== undefined) expect(standard).toBe(String(settings[first].fallback));
  });
});
