import { readFileSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { run } from "../../src/app/cli.ts";
import { flagOf, variableOf } from "../../src/app/settings/setting-table.ts";
import { settingNames } from "../../src/app/settings/settings.ts";

/** Runs the command line in this process and tells what it wrote and how it ended. */
async function waystation(...argv: string[]) {
  const written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    const spy = vi.spyOn(process[stream], "write").mockImplementation((text) => {
      written[stream] += text;
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  return { exitCode: await run(argv), ...written };
}

test.for(["--help", "-h"])("%s shows every flag, its variable and the commands", async (flag) => {
  const { exitCode, stdout, stderr } = await waystation(flag);
  expect(exitCode).toBe(0);
  expect(stderr).toBe("");
  for (const name of settingNames) {
    expect(stdout).toContain(`  --${flagOf(name)} `);
    expect(stdout).toContain(variableOf(name));
  }
  expect(stdout).toContain("waystation [start]");
  expect(stdout).toContain("waystation health");
});

test.for(["--version", "-v"])("%s shows the package's version", async (flag) => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await waystation(flag)).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test.for([
  [["--port", "none"], '--port must be a whole number from 0 to 65535, not "none"'],
  [["--prot", "1"], "Unknown option '--prot'"],
  [["--port"], "Option '--port <value>' argument missing"],
  [["--port", "--host"], "Option '--port' argument is ambiguous"],
  [["--help=yes"], "Option '-h, --help' does not take an argument"],
  [["--port", "0", "stop"], 'there is no command "stop"'],
  [["--port", "0", "toString"], 'there is no command "toString"'],
  [["start", "now"], '"now" is more than start takes'],
  [["health", "--account", "me"], '--account must be an account id of 12 digits, not "me"'],
  [
    ["--tls-cert", "/a.pem", "--tls-key", "/b.pem"],
    "cannot read /a.pem: ENOENT: no such file or directory, open '/a.pem'",
  ],
] as const)("%j ends with 2 and one line that says why", async ([argv, reason]) => {
  expect(await waystation(...argv)).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `waystation: ${reason} (see waystation --help)\n`,
  });
});

test("health ends with 1 and one line when nobody listens on the port", async () => {
  const { exitCode, stdout, stderr } = await waystation("health", "--port", "1");
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^waystation: http:\/\/127\.0\.0\.1:1\/_waystation\/health does not answer: .*\n$/);
});
