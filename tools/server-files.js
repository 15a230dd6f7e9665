/**
 * Puts together what every server loads at its start, in a few files: esbuild splits it into some hundred pieces, as there are parts that are loaded
 * late and need one or the other, and Node looks for each on the disk in a dozen ways. Pieces that are loaded without a server as well, by
 * commands and by the typed API, stay as they are.
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";

const SERVER = "src/app/emulator.ts";
const WITHOUT_SERVER = [
  "src/main.ts",
  "src/testing.ts",
  "src/app/cli.ts",
  "src/app/health.ts",
  "src/app/inspect-command.ts",
  "src/app/provisioning/config-file.ts",
  "src/cli/run.ts",
];

/** Keeping the compiled code of a file is one turn of the event loop, so that no file is to be large. */
const MOST_CHARACTERS = 256 * 1024;

/** Takes the files of a bundle, code by name, and what esbuild tells of them, and gives them with the pieces of a server put together. */
export function withServerFiles(files, metafile) {
  const names = serverPieces(metafile);
  const groups = groupsOf(names.map((name) => [name, files.get(name)]));
  // A server that runs loads parts of itself late, from beside what it was made of, so that no other build may have the same names.
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(files.get(name));
  const digest = hash.digest("hex").slice(0, 8);
  const nameOf = (group) => `server-${digest}-${group}.js`;
  const requires = new Map(
    groups.flatMap((pieces, group) => pieces.map(([name]) => [name, `require("./${nameOf(group)}").piece("${name}")`])),
  );
  const others = [...files].filter(([name]) => !requires.has(name));
  return new Map([
    ...groups.map((pieces, group) => [nameOf(group), serverFile(pieces, requires)]),
    ...others.map(([name, code]) => [name, withRequires(code, requires)]),
  ]);
}

/** Pieces as they come, so many together as may be in a file; one that is larger has its own. */
function groupsOf(pieces) {
  const groups = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    const [, code] = piece;
    characters += code.length;
    if (characters > MOST_CHARACTERS) {
      groups.push([]);
      characters = code.length;
    }
    groups.at(-1).push(piece);
  }
  return groups;
}

/** The names of pieces that a server needs at its start and nobody else without one. */
function serverPieces({ outputs }) {
  const pathOf = (source) => {
    const found = Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
    if (found === undefined) throw new Error(`${source} is no longer an entry of the bundle`);
    return found;
  };
  const apart = loadedWith(WITHOUT_SERVER.map(pathOf), outputs);
  const ofServer = loadedWith([pathOf(SERVER)], outputs).filter((path) => !apart.includes(path));
  return ofServer.filter((path) => outputs[path].entryPoint === undefined).map((path) => basename(path));
}

/** The paths of files and all that they load at once. */
function loadedWith(paths, outputs) {
  const found = new Set(paths);
  for (const path of found) {
    for (const { kind, path: imported } of outputs[path].imports) {
      if (kind === "import-statement" && imported in outputs) found.add(imported);
    }
  }
  return [...found];
}

/** Each piece is a function in parentheses, which has V8 compile it at once rather than look over it first. */
function serverFile(pieces, requires) {
  const here = new Map([...requires, ...pieces.map(([name]) => [name, `piece("${name}")`])]);
  const functions = pieces.map(([name, code]) => `"${name}": (function (module) {\n${withRequires(code, here)}})`);
  return `const pieces = {\n${functions.join(",\n")}\n};\n${LOADER}`;
}

/** What Node does with modules of CommonJS, for pieces. */
const LOADER = `const loaded = {};
function piece(name) {
  if (name in loaded) return loaded[name].exports;
  const module = { exports: {} };
  loaded[name] = module;
  try {
    pieces[name](module);
  } catch (cause) {
    delete loaded[name];
    throw cause;
  }
  return module.exports;
}
exports.piece = piece;
`;

/** The code with other ways to some files, by name. */
function withRequires(code, requires) {
  return code.replace(/\brequire\("\.\/([\w-]+\.js)"\)/g, (whole, name) => requires.get(name) ?? whole);
}
