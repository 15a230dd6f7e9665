import { crc32 } from "node:zlib";
import type { JsonMap } from "../../template/value.ts";
import { ResourceFailure } from "../resource-type.ts";
import { nodeAnswers, pythonAnswers } from "./answer-modules.ts";

/** AWS: code that stands in a template is a file of this name, which has a module for answers to stacks beside it. */
const FILES = [
  { runtime: /^nodejs/, name: "index.js", answers: nodeAnswers },
  { runtime: /^python/, name: "index.py", answers: pythonAnswers },
];

/** The code of a function as Lambda takes it: what stands in the template as the zip file that it means. */
export function codeOf({ Code, Runtime }: JsonMap): JsonMap {
  const { ZipFile, ...others } = (Code ?? {}) as JsonMap;
  if (ZipFile === undefined) return others;
  const file = FILES.find(({ runtime }) => runtime.test(String(Runtime)));
  if (file === undefined) {
    throw new ResourceFailure(
      "InvalidRequest",
      "ZipFile can only be used when Runtime is set to either of nodejs, python.",
    );
  }
  const text = String(ZipFile);
  const { name, answers } = file;
  const files = [{ path: name, text }, ...(text.includes(answers.name) ? [answers] : [])];
  return { ZipFile: zipOf(files).toString("base64") };
}

interface TextFile {
  readonly path: string;
  readonly text: string;
}

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const VERSION = 20;
const UNIX = 3;
const READABLE_FILE = 0o100644;

/** A zip file of files that are stored as they are. The same for the same files. */
function zipOf(files: readonly TextFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, text } of files) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const facts = factsOf(name, content);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((READABLE_FILE << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([uint32(DIRECTORY_HEADER), Buffer.from([VERSION, UNIX]), facts, rest, name]));
    const local = Buffer.concat([uint32(LOCAL_HEADER), facts, name, content]);
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, entries, uint32(DIRECTORY_END), end]);
}

/** What both headers of a file have in common. */
function factsOf(name: Buffer, content: Buffer): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(content.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(name.length, 22);
  return facts;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
