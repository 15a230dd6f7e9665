import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InitHooks, type InitHooksDeps } from "../../../src/provisioning/hooks/init-hooks.ts";
import { aFrozenClock } from "../../support/service-call.ts";

let folder: string;
let lines: { readonly level: string; readonly stage?: string; readonly script?: string; readonly text: string }[];
/** Told each line as it comes. */
let heard: (text: string) => void;
const never = new AbortController().signal;
const PATH = process.env.PATH;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waystation-hooks-"));
  lines = [];
  heard = () => {};
});
afterEach(() => rmSync(folder, { recursive: true }));

function script(name: string, text: string, mode = 0o755): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}

function hooks(deps: Partial<InitHooksDeps> = {}): Promise<InitHooks> {
  return InitHooks.find({
    folders: [folder],
    environment: { PATH, AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
    timeoutMs: 60_000,
    clock: aFrozenClock(),
    log: (level, fields, text) => {
      lines.push({ level, ...fields, text });
      heard(text);
    },
    ...deps,
  });
}

async function readyLines(deps: Partial<InitHooksDeps> = {}): Promise<readonly string[]> {
  await (await hooks(deps)).run("READY", never);
  return lines.map(({ text }) => text);
}

/** Holds the output of the script open until it is ended, which a run waits for: its clock stands still. */
const ENDLESS = "while :; do read -r x < /dev/zero; done";

describe("scripts", () => {
  test("run one after the other: files by name, then the folders below, and of a stage alone", async () => {
    const say = (name: string) => script(name, `#!/bin/sh\necho ${name}\n`);
    for (const name of ["ready.d/b.sh", "ready.d/A.sh", "ready.d/2/x.sh", "ready.d/1/y.sh", "boot.d/c.sh"]) say(name);
    script("ready.d/notes.txt", "no script");
    script("ready.d/.hidden/z.sh", "echo hidden");
    expect(await readyLines()).toEqual(["ready.d/A.sh", "ready.d/b.sh", "ready.d/1/y.sh", "ready.d/2/x.sh"]);
  });

  test("are found through links, as Kubernetes mounts them, and once", async () => {
    script("ready.d/..data/a.sh", "echo linked");
    symlinkSync(join(folder, "ready.d/..data/a.sh"), join(folder, "ready.d/a.sh"));
    symlinkSync(join(folder, "nowhere"), join(folder, "ready.d/b.sh"));
    expect(await readyLines()).toEqual(["linked"]);
  });

  test("in Python are run by python3, and what both say is told line by line", async () => {
    script("ready.d/a.py", "import os\nprint(os.environ['AWS_ENDPOINT_URL'])\nprint('no end', end='')", 0o644);
    expect(await readyLines()).toEqual(["http://127.0.0.1:1", "no end"]);
    expect(lines[0]).toMatchObject({ level: "info", stage: "ready", script: join(folder, "ready.d/a.py") });
  });

  test("that lie in the folder itself run when the server is ready, executable or not", async () => {
    script("old.sh", "echo old $0 >&2", 0o644);
    expect(await readyLines()).toEqual([`old ${join(folder, "old.sh")}`]);
  });

  test("tell where they stand", async () => {
    script("boot.d/a.sh", "exit 0");
    script("ready.d/b.sh", "exit 3");
    const all = await hooks();
    const states: unknown[] = [];
    heard = () => states.push(all.state);
    expect(all.state.scripts.map(({ state }) => state)).toEqual(["UNKNOWN", "UNKNOWN"]);
    await all.run("BOOT", never);
    await all.run("READY", never);
    expect(all.state).toEqual({
      completed: { BOOT: true, START: false, READY: true, SHUTDOWN: false },
      scripts: [
        { stage: "BOOT", name: "a.sh", state: "SUCCESSFUL" },
        { stage: "READY", name: "b.sh", state: "ERROR" },
      ],
    });
    expect(lines).toMatchObject([{ level: "error", text: "the script failed with exit code 3" }]);
  });

  test("have an awslocal that calls aws with the endpoint", async () => {
    script("bin/aws", `#!/bin/sh\necho "aws $*"\n`);
    script("ready.d/a.sh", "#!/bin/sh\nawslocal sqs list-queues --output 'a b'\n");
    const environment = { PATH: `${join(folder, "bin")}:${PATH}`, AWS_ENDPOINT_URL: "http://here:1" };
    expect(await readyLines({ environment })).toEqual([
      "aws --endpoint-url http://here:1 sqs list-queues --output a b",
    ]);
  });

  test("are told by awslocal what to use where there is no aws", async () => {
    script("bin/none", "");
    script("ready.d/a.sh", "#!/bin/sh\nawslocal sqs list-queues\n");
    const [sentence, end] = await readyLines({ environment: { PATH: join(folder, "bin") } });
    expect(sentence).toMatch(
      /^awslocal needs the AWS CLI, which is not installed here: declare .* in waystation\.yaml/,
    );
    expect(end).toMatch(/exit code 127/);
  });
});

describe("what goes wrong is told, and the next script runs:", () => {
  test.for([
    ["a.sh", "echo never", 0o644, "the script is not executable: chmod +x makes it so"],
    ["a.sh", "#!/nowhere/bash\n", 0o755, "exit code 127, as where a command, or what the first line names, is not"],
    ["a.sh", "kill -TERM $$", 0o755, "the script failed with exit code 143"],
    ["a.py", "print(", 0o644, "the script failed with exit code 1"],
  ] as const)("%s of %j", async ([name, text, mode, sentence]) => {
    script(`ready.d/${name}`, text, mode);
    script("ready.d/b.sh", "echo next");
    const said = await readyLines();
    expect(said.join("\n")).toContain(sentence);
    expect(said.at(-1)).toBe("next");
  });

  test("no python3", async () => {
    script("bin/none", "");
    script("ready.d/a.py", "print(1)");
    const said = await readyLines({ environment: { PATH: join(folder, "bin") } });
    expect(said.at(-1)).toBe("the script failed with exit code 127, as where python3 is not installed");
  });

  test("one that never ends, when its time is over", async () => {
    const clock = aFrozenClock();
    script("ready.d/a.sh", `echo begun\n${ENDLESS}`);
    script("ready.d/b.sh", "echo next");
    heard = (text) => text === "begun" && clock.advance(1000);
    const said = await readyLines({ clock, timeoutMs: 1000 });
    expect(said).toEqual(["begun", "the script was ended after 1 s; --init-timeout-ms allows more", "next"]);
  });

  test("one that says too much", async () => {
    script("ready.d/a.sh", "i=0; while [ $i -lt 6000 ]; do echo $i; i=$((i+1)); done");
    const said = await readyLines();
    expect(said).toHaveLength(5001);
    expect(said.at(-1)).toBe("(what it says from here on is left out)");
  });

  test("one that never ends its line", async () => {
    script("ready.d/a.sh", "head -c 100000 /dev/zero | tr '\\0' x");
    const said = await readyLines();
    expect(said.join("")).toHaveLength(100_000);
    expect(Math.max(...said.map(({ length }) => length))).toBeLessThanOrEqual(8 * 1024);
  });
});

test("a script is ended when the server stops, with all it started, and no other begins", async () => {
  script("ready.d/a.sh", `(${ENDLESS}) &\necho begun\nwait`);
  script("ready.d/b.sh", "echo next");
  const stop = new AbortController();
  heard = () => stop.abort();
  const all = await hooks();
  await all.run("READY", stop.signal);
  expect(lines.map(({ text }) => text)).toEqual(["begun", "the script was ended, since the server stops"]);
  expect(all.state.completed.READY).toBe(false);
});

test("what a script leaves in the background ends with it", async () => {
  script("ready.d/a.sh", `(${ENDLESS}) &\necho begun`);
  expect(await readyLines()).toEqual(["begun"]);
});
