import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { variableOf } from "../../src/app/settings/setting-table.ts";
import { settingNames, settings } from "../../src/app/settings/settings.ts";
import { BuiltCli } from "../support/built-cli.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const blocks = read("docs/docker-compose.md").matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm);
const files = new Map([...blocks].map(([, name = "", text = ""]) => [name, text]));
const { waystation, app } = parse(files.get("compose.yaml") ?? "").services;

/** Where each file of the host is in the container. */
const mounts = new Map<string, string>(
  waystation.volumes.map((volume: string) => volume.split(":").slice(0, 2) as [string, string]),
);

function has(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

describe("the image", () => {
  /** By the last pattern that fits a path or a folder above it. */
  const isLetIn = (path: string): boolean => {
    const patterns = read(".dockerignore").trimEnd().split("\n");
    const fits = (pattern: string) => ["*", path].includes(pattern) || path.startsWith(`${pattern}/`);
    return patterns.findLast((pattern) => fits(pattern.replace(/^!/, "")))?.startsWith("!") === true;
  };

  test("copies files that .dockerignore lets in", () => {
    const copies = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = ""]) =>
      paths.split(" "),
    );
    expect(copies).toContain("src");
    for (const path of copies) expect(isLetIn(path), path).toBe(true);
    expect(isLetIn("node_modules")).toBe(false);
  });

  test("starts under the name that Testcontainers' LocalStackContainer calls", () => {
    expect(read("Dockerfile")).toContain("\nCOPY docker/docker-entrypoint.sh /usr/local/bin/docker-entrypoint.sh\n");
    const folder = mkdtempSync(join(tmpdir(), "entrypoint-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "waystation"), '#!/bin/sh\necho "started with $*"\n', { mode: 0o755 });
    const script = new URL("../../docker/docker-entrypoint.sh", import.meta.url).pathname;
    const env = { PATH: `${folder}:${process.env.PATH}` };
    expect(execFileSync(script, ["--port", "0"], { env, encoding: "utf8" })).toBe("started with --port 0\n");
  });
});

describe("the compose file of docs/docker-compose.md", () => {
  test("sets variables that there are, to values that they take", () => {
    const known = new Map(settingNames.map((name) => [variableOf(name), settings[name]]));
    for (const [variable, value] of Object.entries<string>(waystation.environment)) {
      if (variable !== "WAYSTATION_CONFIG") expect(known.get(variable)?.read(value), variable).toBeDefined();
    }
  });

  test("mounts files where the server looks for them", () => {
    expect(mounts.get("./waystation.yaml")).toBe(waystation.environment.WAYSTATION_CONFIG);
    expect(settings.initDir.help).toContain(`${mounts.get("./init")} `);
  });

  test("has the port that the image exposes, and leads the application there", () => {
    const [, port] = /^EXPOSE (\d+)$/m.exec(read("Dockerfile")) ?? [];
    expect(waystation.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(app.environment.AWS_ENDPOINT_URL).toBe(`http://waystation:${port}`);
    expect(app.depends_on.waystation.condition).toBe("service_healthy");
    expect(read("Dockerfile")).toContain("\nHEALTHCHECK ");
  });

  test.skipIf(!has("wget"))("has a server make what its files say before it is ready", async () => {
    const folder = mkdtempSync(join(tmpdir(), "compose-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    using cli = new BuiltCli();
    const options = ["--port", "0", "--init-dir", join(folder, "init")];
    const environment = { ...waystation.environment, WAYSTATION_CONFIG: join(folder, "waystation.yaml") };
    using server = cli.run(options, { ...environment, PATH: process.env.PATH ?? "" });
    const text = await server.stdout.until("Ready.");
    const [, endpoint] = /^Waystation is ready at (\S+)/.exec(text) ?? [];
    const shown = await (await fetch(`${endpoint}/_waystation/queues`)).json();
    expect(shown).toMatchObject({
      queues: [
        { name: "orders", visible: 1 },
        { name: "orders-dead", visible: 0 },
      ],
    });
    server.kill("SIGTERM");
    await server.end();
  });
});
