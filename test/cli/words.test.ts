import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { completionFor } from "../../src/cli/completion.ts";
import { columnsOf, cutTo, plain } from "../../src/cli/output/plain-text.ts";
import { tableLines } from "../../src/cli/output/table.ts";
import { command } from "./command-line.ts";

const NOWHERE = "http://127.0.0.1:1";
const run = (argv: string, environment = {}) => command(NOWHERE, argv.split(" "), { environment });

test.for([
  ["lss", 'there is no command "lss"; did you mean ls?'],
  ["toString", 'there is no command "toString"; see waystation help'],
  ["explode", 'there is no command "explode"; see waystation help'],
  ["stop", 'there is no command "stop"; a server ends with Ctrl+C, or with SIGTERM'],
  ["status", 'there is no command "status"; did you mean health?'],
  ["strat", 'there is no command "strat"; did you mean start?'],
  ["ls --regoin x", "ls has no flag --regoin; did you mean --region?"],
  ["ls --zzzzzzzz", "ls has no flag --zzzzzzzz; see waystation ls --help"],
  ["ls -x", "ls has no flag -x; see waystation ls --help"],
  ["ls --region", "Option '--region <value>' argument missing (see waystation ls --help)"],
  ["ls quues", 'ls takes queues, topics, streams, functions, not "quues"; did you mean queues?'],
  ["ls queues topics", '"topics" is more than ls takes: waystation ls [queues|topics|streams|functions]'],
  ["peek", "<queue|topic|stream> is missing: waystation peek <queue|topic|stream>"],
  ["tail --count many", '--count is a whole number above 0, not "many"'],
  ["peek orders --as thing", '--as is queue, topic, stream, not "thing"'],
  ["reset now", '"now" is more than reset takes: waystation reset'],
  ["put clicks data", "--key is missing: records of a stream have a partition key"],
  ["send orders a --attribute type", 'an attribute is name=value or name:Number=3, not "type"'],
  ["send orders a --delay 901", '--delay is a whole number of seconds up to 900, not "901"'],
  ["wait message --match {", '--match is JSON such as \'{"json": {"order": 7}}\', not "{"'],
  ["ls --port http", '--port is a number such as 4566, not "http"'],
  ["ls --port 4567 --endpoint http://127.0.0.1:4566", "--endpoint and --port both say where the server is"],
  ["help yourself", 'there is no command "yourself"; see waystation help'],
  ["completion tcsh", 'completion takes bash, zsh or fish, not "tcsh"'],
])("%s is refused with a sentence, and nothing is asked of a server", async ([argv = "", complaint]) => {
  expect(await run(argv)).toEqual({ exitCode: 2, stdout: "", stderr: `waystation: ${complaint}\n` });
});

describe("help", () => {
  test("names every command", async () => {
    const { exitCode, stdout } = await run("help");
    expect(exitCode).toBe(0);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b[\\s\\S]*?${summary}$`, "m"));
  });

  test.for(commands.map(({ name }) => name))("of %s is there by either way", async (name) => {
    const one = await run(`help ${name}`);
    expect(await run(`${name} --help`)).toEqual(one);
    expect(one.stdout).toContain(`waystation ${name}`);
    expect(one.stdout).toContain("--json");
  });

  test.for(["help --help", "completion --help", "completion bash -h"])("is what %s shows", async (argv) => {
    expect(await run(argv)).toEqual(await run("help"));
  });

  test("shows what a command takes", async () => {
    expect((await run("send --help")).stdout).toMatchInlineSnapshot(`
      "waystation send <queue> [body|-]

      Sends a message to a queue; its body is what is typed or piped.

        --attribute NAME=VALUE  an attribute; NAME:Number=3 is one of another type
        --group ID              message group
        --deduplication-id ID   by which a duplicate is known
        --delay SECONDS         until it is visible

        --endpoint URL  where the server is; else WAYSTATION_ENDPOINT, AWS_ENDPOINT_URL, or port 4566 of this machine
        --port N        where the server is: that port of this machine
        --account ID    the account that is meant
        --region NAME   the region that is meant
        --json          JSON instead of tables, for scripts
        --help          show this

      Such as:

        waystation send orders '{"order": 7}' --attribute type=order
        waystation send orders - < order.json
      "
    `);
  });

  test.for(commands)(
    "$name is a command that can be loaded, and has an example of itself",
    async ({ name, examples, load }) => {
      expect(await load()).toBeTypeOf("function");
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example).toMatch(new RegExp(`^waystation ${name}( |$)`));
    },
  );
});

test.for(["bash", "zsh", "fish"])("completion for %s knows commands and their flags", (shell) => {
  const script = completionFor(shell);
  for (const part of ["peek", "--deduplication-id", "advance", "health"]) expect(script).toContain(part);
});

describe("a table", () => {
  const rows = [
    ["one", 1, "short"],
    ["日本", 22, "x".repeat(60)],
    ["esc\u001b[31m", undefined, "a\nb"],
  ];
  test("stands in columns", () => {
    expect(`\n${tableLines(["NAME", "COUNT", "BODY"], rows).join("\n")}\n`).toMatchInlineSnapshot(`
      "
      NAME           COUNT  BODY
      one            1      short
      日本           22     xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      esc\\u001b[31m  -      a\\nb
      "
    `);
  });

  test.for([80, 40, 20])("is cut to a width of %i", (width) => {
    const lines = tableLines(["NAME", "COUNT", "BODY"], rows, width);
    const widest = Math.max(...lines.map(columnsOf));
    expect(widest).toBeLessThanOrEqual(Math.max(width, 8 + 5 + 8 + 4));
  });
});

test.for([
  ["abc", 3, "abc"],
  ["abcd", 3, "ab…"],
  ["日本語", 5, "日本…"],
  ["日本語", 6, "日本語"],
  ["", 0, ""],
] as const)("%s in %i columns is %s", ([text, most, expected]) => {
  expect(cutTo(text, most)).toBe(expected);
});

test("what a terminal obeys is shown instead", () => {
  const text = "\0\u0007\b\t\n\r\u001b\u007f\u0085\u009b\u200e\u202e\u2028\u2066\ufeff";
  expect(plain(text)).toBe(
    "\\u0000\\u0007\\u0008\\t\\n\\r\\u001b\\u007f\\u0085\\u009b\\u200e\\u202e\\u2028\\u2066\\ufeff",
  );
  expect(plain("Grüße, 世界 👋")).toBe("Grüße, 世界 👋");
});
