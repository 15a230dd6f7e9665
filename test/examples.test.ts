import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BuiltCli } from "./support/built-cli.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const examples = readdirSync(fileURLToPath(new URL("../examples", import.meta.url))).filter((name) =>
  name.endsWith(".test.js"),
);

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

describe("examples", () => {
  test.for(examples)("%s passes against the package as it is published", (name) => cli.runExample(name));

  test("are all told of in their README", () => {
    const told = [...read("examples/README.md").matchAll(/^\| \[(\S+)\]\(\1\)/gm)].map(([, name]) => name);
    expect(told.toSorted()).toEqual(examples.toSorted());
  });
});

/** What the package exports: the names in one file. */
const exported = ["src/index.ts", "src/testing.ts"]
  .flatMap((entry) => [...read(entry).matchAll(/^export (?:type )?\{ (.*) \} from "\.\/(.*)";$/gm)])
  .flatMap(([, names = "", file = ""]) => names.split(", ").map((name) => ({ name: name.replace("type ", ""), file })));

/** The `@example` above an export, or undefined. */
function exampleOf({ name, file }: (typeof exported)[number]): string | undefined {
  const declared = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport (?:abstract |async )?(?:class|function|interface|type|const) ${name}\\b`,
  );
  const [, docs = ""] = declared.exec(read(`src/${file}`)) ?? [];
  return /@example\n([\s\S]*)$/.exec(docs.replace(/^ \* ?/gm, ""))?.[1];
}

describe("the @example of each export of the package runs as it stands", () => {
  test("there are exports", () => {
    expect(exported.map(({ name }) => name)).toEqual(expect.arrayContaining(["createEmulator", "connect"]));
  });

  test.for(exported)("$name", async (one) => {
    const example = exampleOf(one);
    expect(example).toBeDefined();
    expect(await cli.runModule(example!)).toBe("");
  });
});
