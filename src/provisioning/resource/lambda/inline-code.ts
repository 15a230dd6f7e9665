import { crc32 } from "node:zlib";
import type { JsonMap } from "../../template/value.ts";
import { ResourceFailure } from "../resource-type.ts";

/** AWS: code that stands in a template is a file of this name. */
const FILE_NAMES = [
  { runtime: /^nodejs/, name: "index.js" },
  { runtime: /^python/, name: "index.py" },
];

/** The code of a function as Lambda takes it: what stands in the template as the zip file that it means. */
export function codeOf({ Code, Runtime }: JsonMap): JsonMap {
  const { ZipFile, ...others } = (Code ?? {}) as JsonMap;
  if (ZipFile === undefined) return others;
  const file = FILE_NAMES.find(({ runtime }) => runtime.test(String(Runtime)));
  if (file === undefined) {
    throw new ResourceFailure(
      "InvalidRequest",
      "ZipFile can only be used when Runtime is set to either of nodejs, python.",
    );
  }
  return { ZipFile: zipOfOne(file.name, Buffer.from(String(ZipFile))).toString("base64") };
}

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const VERSION = 20;
const UNIX = 3;
const READABLE_FILE = 0o100644;

/** A zip file of one file, which is stored as it is. The same for the same file. */
function zipOfOne(name: string, content: Buffer): Buffer {
  const nameBytes = Buffer.from(name);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(content.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(nameBytes.length, 22);
  const local = Buffer.concat([uint32(LOCAL_HEADER), facts, nameBytes, content]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((READABLE_FILE << 16) >>> 0, 6);
  const directory = Buffer.concat([uint32(DIRECTORY_HEADER), Buffer.from([VERSION, UNIX]), facts, rest, nameBytes]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, uint32(DIRECTORY_END), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
