import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** Which room may import which. What lies in `src` itself belongs to no room and, like `app`, may import everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  model: ["kernel"],
  engine: ["kernel"],
  protocol: ["model", "kernel"],
  delivery: ["runtime", "engine", "kernel"],
  fixture: ["engine", "model", "kernel"],
  provisioning: ["model", "kernel"],
  store: ["kernel"],
  runtime: ["kernel"],
  service: ["provisioning", "model", "engine", "kernel"],
  server: ["protocol", "service", "model", "kernel"],
  testing: ["server", "kernel"],
  cli: ["testing", "kernel"],
  console: ["testing", "kernel"],
  app: [
    "cli",
    "delivery",
    "engine",
    "fixture",
    "kernel",
    "model",
    "protocol",
    "provisioning",
    "runtime",
    "server",
    "service",
    "store",
    "testing",
  ],
};

/** Rooms whose folders are siblings that do not know each other. */
const ROOMS_OF_SIBLINGS = ["engine", "service", "protocol"];

/** The only services that make resources from files, and so may import the room for that. */
const PROVISIONED_BY: readonly string[] = ["service/cloudformation/"];

/** Folders their siblings may know, since they know none of them: the language of patterns holds no state of its own. */
const SHARED_SIBLINGS: readonly string[] = ["engine/pattern"];

/** Which folder of `delivery` may import which others. All that are not named are sources of jobs, which know no other source. */
const DELIVERY_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = { transport: [], target: ["transport"] };
const SOURCE_MAY_IMPORT: readonly string[] = ["target", "transport"];
/** The only target file that may import every engine; each other one imports that of its own name at most. */
const TABLE_OF_TARGETS = "delivery/target/targets.ts";

/** Where each package is at home: a file, or a folder. Node's own modules are at home everywhere but for timers. */
const PACKAGES: Readonly<Record<string, string>> = {
  "@dagrejs/dagre": "console/",
  "@jest/environment": "app/runner/jest.ts",
  "@preact/signals": "console/",
  "@tanstack/virtual-core": "console/",
  "jest-environment-node": "app/runner/jest.ts",
  "fast-xml-parser": "service/s3/xml.ts",
  fastify: "server/",
  "js-yaml": "provisioning/document/",
  "light-my-request": "app/fixture/in-process.ts",
  pino: "app/log/",
  preact: "console/",
  "preact/hooks": "console/",
  re2js: "kernel/load/re2-pattern.ts",
  uplot: "console/",
  uuid: "kernel/ids.ts",
  yaml: "provisioning/",
  yauzl: "kernel/load/zip-file.ts",
};

/** What reaches outside the program, and the only files that may do so. */
const EFFECTS: readonly { readonly what: string; readonly code: RegExp; readonly homes: readonly string[] }[] = [
  {
    what: "the machine's clock",
    code: /\bDate\b(?!:)|\bhrtime\b|\bperformance\./,
    homes: ["kernel/time/system-clock.ts", "kernel/time/iso8601.ts", "console/browser/timing.ts"],
  },
  {
    what: "timers",
    code: /(?<!\.)\bset(Timeout|Interval|Immediate)\b/,
    homes: ["kernel/time/system-clock.ts", "console/browser/timing.ts"],
  },
  {
    what: "randomness",
    code: /\bMath\.random\b|\brandom(UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/,
    homes: ["kernel/ids.ts"],
  },
  {
    what: "the environment",
    code: /\bprocess\.env\b/,
    homes: ["app/settings/config.ts", "app/runner/environment.ts", "main.ts"],
  },
  { what: "the console", code: /(?<![./])\bconsole\.\w+\(/, homes: [] },
];

/** The only files that start processes. */
const STARTING_PROCESSES: readonly string[] = [
  "provisioning/hooks/run-script.ts",
  "runtime/process/guarded-process.ts",
];

/**
 * A list spread into arguments overflows the stack once it has some 125,000 items, so only files do it whose lists are
 * short whatever is asked of the server.
 */
const SPREAD_ARGUMENT = /[\w>]\((?:(?:[^()[\]{}]|\([^()]*\)|\[[^[\]]*\])*,\s*)?\.\.\.(?!\w+\??:)/;
const SPREADING_SHORT_LISTS: readonly string[] = [
  "app/settings/help.ts", // the settings
  "delivery/target/bucket-folder.ts", // the parts of a key, which has 1,024 characters at most
  "engine/stream/shard/shard-map.ts", // the two parents or children of a shard
  "kernel/aws-error.ts", // the arguments of an error
  "kernel/certificate.ts", // the fields of a certificate
  "server/http/endpoint.ts", // headers of our own
];

const SRC = join(import.meta.dirname, "../src");
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"/g;
const IMPORT = /^\s*(?:import|export)\b[^;"]*?from "([^"]+)"|^\s*import "([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** A source by its path below `src`. */
interface Source {
  readonly path: string;
  /** Without comments and string literals. */
  readonly code: string;
  readonly lines: number;
  /** Sources it imports, by path. */
  readonly ours: readonly string[];
  /** Modules it imports that are not ours. */
  readonly others: readonly string[];
}

function read(file: string): Source {
  const text = readFileSync(file, "utf8");
  const specifiers = [...text.matchAll(IMPORT)].map(([, named, bare, dynamic]) => (named ?? bare ?? dynamic)!);
  const isOurs = (specifier: string): boolean => specifier.startsWith(".");
  return {
    path: relative(SRC, file),
    code: text.replace(COMMENT_OR_STRING, ""),
    lines: text.split("\n").length - 1,
    ours: specifiers.filter(isOurs).map((specifier) => relative(SRC, join(dirname(file), specifier))),
    others: specifiers.filter((specifier) => !isOurs(specifier)),
  };
}

const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => read(join(SRC, path)));
const imports = sources.flatMap(({ path, ours }) => ours.map((imported) => ({ path, imported })));

const say = ({ path, imported }: { readonly path: string; readonly imported: string }): string =>
  `${path} → ${imported}`;
const roomOf = (path: string): string => (path.includes("/") ? path.split("/")[0]! : "");
/** The folder below a room, such as `engine/queue`; undefined for what lies in the room itself. */
const siblingOf = (path: string): string | undefined => path.split("/").slice(0, -1).slice(0, 2)[1];

/** A circle of imports that can be reached from the path, or undefined. */
function circleFrom(path: string, way: readonly string[], done: Set<string>): readonly string[] | undefined {
  if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
  if (done.has(path)) return undefined;
  for (const imported of sources.find((source) => source.path === path)?.ours ?? []) {
    const circle = circleFrom(imported, [...way, path], done);
    if (circle !== undefined) return circle;
  }
  done.add(path);
  return undefined;
}

test("there are sources, and imports are found in them", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(imports.map(say)).toContain("engine/queue/queue.ts → engine/queue/queue-state.ts");
  expect(sources.flatMap(({ others }) => others)).toContain("pino");
});

describe("rooms", () => {
  test("are all known", () => {
    const rooms = new Set(sources.map(({ path }) => roomOf(path)).filter((room) => room !== ""));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  const rows = Object.entries(MAY_IMPORT).map(([room, others]) => ({ room, allowed: [room, ...others] }));
  test.for(rows.map((row) => ({ ...row, list: row.allowed.join(", ") })))(
    "$room imports only $list",
    ({ room, allowed }) => {
      const wrong = imports.filter(
        ({ path, imported }) => roomOf(path) === room && !allowed.includes(roomOf(imported)),
      );
      expect(wrong.map(say)).toEqual([]);
    },
  );

  test.for(ROOMS_OF_SIBLINGS)("in %s, siblings never import each other", (room) => {
    const wrong = imports.filter(({ path, imported }) => {
      if (roomOf(path) !== room || roomOf(imported) !== room) return false;
      const [own, other] = [siblingOf(path), siblingOf(imported)];
      if (own === undefined || other === undefined || own === other) return false;
      return !SHARED_SIBLINGS.includes(`${room}/${other}`);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("share what lies in engine itself, which knows no engine", () => {
    const wrong = imports.filter(({ path, imported }) => {
      const isShared = roomOf(path) === "engine" && siblingOf(path) === undefined;
      return isShared && roomOf(imported) === roomOf(path) && siblingOf(imported) !== undefined;
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("carry jobs that know no source: transport and targets import nothing of what uses them", () => {
    const wrong = imports.filter(({ path, imported }) => {
      const [own, other] = [siblingOf(path), siblingOf(imported)];
      if (roomOf(path) !== "delivery" || own === undefined || own === other) return false;
      if (roomOf(imported) === "delivery")
        return !(DELIVERY_MAY_IMPORT[own] ?? SOURCE_MAY_IMPORT).includes(other ?? "");
      if (roomOf(imported) !== "engine" || path === TABLE_OF_TARGETS) return false;
      return own === "transport" || (own === "target" && other !== basename(path, ".ts"));
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("are provisioned by CloudFormation alone", () => {
    const wrong = imports.filter(({ path, imported }) => {
      const isProvisioning = roomOf(path) === "service" && roomOf(imported) === "provisioning";
      return isProvisioning && !PROVISIONED_BY.some((folder) => path.startsWith(folder));
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("have no index.ts but the tables of the services", () => {
    const barrels = sources.map(({ path }) => path).filter((path) => basename(path) === "index.ts");
    expect(barrels.filter((path) => path !== "index.ts" && !/^service\/\w+\/index\.ts$/.test(path))).toEqual([]);
  });
});

test("no imports go round in a circle, not even those of types", () => {
  const done = new Set<string>();
  const circles = sources.map(({ path }) => circleFrom(path, [], done)?.join(" → "));
  expect(new Set(circles)).toEqual(new Set([undefined]));
});

describe("effects have one home", () => {
  test.for(EFFECTS)("$what", ({ code, homes }) => {
    const reaching = sources.filter((source) => code.test(source.code)).map(({ path }) => path);
    expect(reaching.filter((path) => !homes.includes(path))).toEqual([]);
  });

  test("packages", () => {
    const strangers = sources.flatMap(({ path, others }) =>
      others
        .filter((name) => (name.startsWith("node:") ? name.startsWith("node:timers") : !isAtHome(name, path)))
        .map((name) => `${path} → ${name}`),
    );
    expect(strangers).toEqual([]);
  });
});

test("processes are started in few places, which have them end with this one", () => {
  const starting = sources.filter(({ others }) => others.includes("node:child_process")).map(({ path }) => path);
  expect(starting.toSorted()).toEqual(STARTING_PROCESSES);
});

test("the typed API takes types alone from the server, so that nothing of it is loaded with them", () => {
  const testing = readdirSync(join(SRC, "testing")).map((path) => readFileSync(join(SRC, "testing", path), "utf8"));
  const values = testing.flatMap((text) => text.match(/^import (?!type ).*"\.\.\/server.*$/gm) ?? []);
  expect(values).toEqual([]);
});

test("no list of any length is spread into arguments", () => {
  const spreading = sources.filter(({ code }) => SPREAD_ARGUMENT.test(code)).map(({ path }) => path);
  expect(spreading.toSorted()).toEqual(SPREADING_SHORT_LISTS);
});

describe("what is exported is imported by somebody", () => {
  /** Who uses it is outside of this tree, or comes later: the entries of the package, and the event log. */
  const FOR_OTHERS =
    /^app\/runner\/(?:jest|node-test|vitest)\.ts$|^(?:index|main|testing)\.ts$|^kernel\/event-logs?\.ts$/;
  /** What the declarations of the package have to name. */
  const NAMED_IN_DECLARATIONS = [
    "server/control/contract.ts: TypedRoute",
    "server/control/routes/clock-due.ts: DueDeps",
  ];
  const EXPORT =
    /^export (?:abstract |async )*(?:function\*?|class|const|let|interface|type) (\w+)|^export (?:type )?\{([^}]*)\}/gm;

  /** Every name some file imports, after the path below `src` it imports it from; `*` for all of them. */
  function importedNames(): ReadonlySet<string> {
    const found = new Set<string>();
    const root = join(SRC, "..");
    for (const folder of ["src", "test", "bench"]) {
      for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        if (!/\.tsx?$/.test(path)) continue;
        const file = join(root, folder, path);
        const text = readFileSync(file, "utf8");
        const add = (specifier: string, name: string) =>
          found.add(`${relative(SRC, join(dirname(file), specifier))} ${name}`);
        for (const [, names, specifier = ""] of text.matchAll(/\{([^{}]*)\}\s+from\s+"(\.[^"]+)"/g)) {
          for (const name of names!.split(","))
            add(
              specifier,
              name
                .trim()
                .replace(/^type /, "")
                .split(" as ")[0]!,
            );
        }
        for (const [, all, late] of text.matchAll(/\* as \w+ from "(\.[^"]+)"|import\("(\.[^"]+)"\)/g)) {
          add((all ?? late)!, "*");
        }
      }
    }
    return found;
  }

  test("or is not exported", () => {
    const imported = importedNames();
    const exported = sources
      .filter(({ path }) => !FOR_OTHERS.test(path))
      .flatMap(({ path, code }) =>
        [...code.matchAll(EXPORT)].flatMap(([, name, names]) =>
          (name ?? names!).split(",").map((one) => ({ path, name: one.trim().replace(/^type /, "") })),
        ),
      );
    expect(exported.length).toBeGreaterThan(1000);
    const unused = exported.filter(({ path, name }) => !imported.has(`${path} ${name}`) && !imported.has(`${path} *`));
    expect(unused.map(({ path, name }) => `${path}: ${name}`).toSorted()).toEqual(NAMED_IN_DECLARATIONS);
  });
});

describe("there is little to open before one understands something", () => {
  /** Of operations there are as many as there are, each as short as it is. */
  const counted = sources.filter(({ path }) => !/(?:^|\/)operations\//.test(path));
  const MOST_FILES = 20;
  const MOST_LINES = 300;
  const SHORT_LINES = 30;
  const MOST_SHORT_PERCENT = 15;

  test("in a folder", () => {
    const counts = new Map<string, number>();
    for (const { path } of counted) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    const tooMany = [...counts].filter(([, count]) => count > MOST_FILES);
    expect(tooMany.map(([folder, count]) => `${folder}: ${count}`)).toEqual([]);
  });

  test("in a file", () => {
    const long = sources.filter(({ lines }) => lines > MOST_LINES);
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test("in files so short that each is half a thought", () => {
    const short = counted.filter(({ lines }) => lines < SHORT_LINES);
    expect((100 * short.length) / counted.length, short.map(({ path }) => path).join("\n")).toBeLessThanOrEqual(
      MOST_SHORT_PERCENT,
    );
  });
});

function isAtHome(name: string, path: string): boolean {
  const home = PACKAGES[name];
  if (home === undefined) return false;
  return home.endsWith("/") ? path.startsWith(home) : path === home;
}
