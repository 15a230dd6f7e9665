import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreRefusal } from "./store.ts";

/** Unix has room for so much in the address of a socket, on the tightest of systems. */
const LONGEST_ADDRESS = 100;
/** Where the number of the process is, for people: it may be of a container, or of a process that died. */
const OWNER_FILE = "owner.pid";

/** The sockets of a folder, which are numbered: whoever comes next has a higher number than all before. */
interface Sockets {
  readonly folder: string;
  readonly prefix: string;
}

/**
 * Has the folder to this process alone, and returns what lets go of it. Throws StoreRefusal while another process has it.
 *
 * Whoever has it listens on a socket in it. The system answers for that one: a process that died, however it did, listens no
 * more, whereas the number it left in a file may be another's by now, in a container above all. A socket nobody listens on
 * stays until there is one with a higher number, so that of two who find it dead only one can be the next: the address is
 * taken, or each sees the other when it looks once more, and lets go.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const sockets = socketsOf(folder);
  const before = numbersOf(sockets);
  const number = (before.at(-1) ?? 0) + 1;
  const server = (await isAnyAnswered(sockets, before)) ? undefined : await listen(addressOf(sockets, number));
  if (server === undefined) return refuse(folder);
  const others = numbersOf(sockets).filter((other) => other !== number);
  if (others.some((other) => other > number) || (await isAnyAnswered(sockets, others))) {
    await closed(server);
    return refuse(folder);
  }
  for (const other of others) rmSync(addressOf(sockets, other), { force: true });
  writeFileSync(join(folder, OWNER_FILE), String(process.pid));
  return () => closed(server);
}

function refuse(folder: string): never {
  const pid = ownerOf(folder);
  const who = pid === undefined ? "another process" : `process ${pid}`;
  throw new StoreRefusal(`The folder ${folder} is in use by ${who}. Stop that one, or take another folder.`);
}

/** The process that has the folder, by what it says. */
function ownerOf(folder: string): string | undefined {
  try {
    return /^\d+$/.exec(readFileSync(join(folder, OWNER_FILE), "latin1"))?.[0];
  } catch {
    return undefined; // it has not come to that yet
  }
}

function socketsOf(folder: string): Sockets {
  const name = `waystation-${createHash("sha256").update(folder).digest("hex").slice(0, 32)}`;
  if (process.platform === "win32") return { folder: "\\\\.\\pipe\\", prefix: name };
  const isShort = Buffer.byteLength(join(folder, "lock-000000.sock")) <= LONGEST_ADDRESS;
  return isShort ? { folder, prefix: "lock" } : { folder: tmpdir(), prefix: name };
}

function addressOf({ folder, prefix }: Sockets, number: number): string {
  // The system itself forgets a pipe of Windows with its process, so that one has no number.
  return process.platform === "win32" ? `${folder}${prefix}` : join(folder, `${prefix}-${number}.sock`);
}

/** The numbers there are, in order. */
function numbersOf({ folder, prefix }: Sockets): readonly number[] {
  if (process.platform === "win32") return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(`${prefix}-`) && name.endsWith(".sock"));
  const numbers = names.map((name) => Number(name.slice(prefix.length + 1, -".sock".length)));
  return numbers.filter((number) => number > 0).sort((one, other) => one - other);
}

/** Undefined when somebody has that address. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => caller.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server.unref()));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function isAnyAnswered(sockets: Sockets, numbers: readonly number[]): Promise<boolean> {
  for (const number of numbers) if (await isAnswered(addressOf(sockets, number))) return true;
  return false;
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const caller = connect(address);
    caller.once("connect", () => {
      caller.destroy();
      resolve(true);
    });
    caller.once("error", () => resolve(false));
  });
}
