import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreRefusal } from "./store.ts";

/** Unix has room for so much in the address of a socket, on the tightest of systems. */
const LONGEST_ADDRESS = 100;

/**
 * Has the folder to this process alone, and returns what lets go of it. Throws StoreRefusal while another process has it.
 *
 * Whoever has it listens on a socket in it. The system answers for that one: a process that died, however it did, listens no
 * more, whereas the number it left in a file may be another's by now, in a container above all.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = addressIn(folder);
  const server = (await listen(address)) ?? (await listenInstead(folder, address));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

async function listenInstead(folder: string, address: string): Promise<Server> {
  if (!(await isAnswered(address))) {
    rmSync(address, { force: true });
    const server = await listen(address);
    if (server !== undefined) return server;
  }
  throw new StoreRefusal(`The folder ${folder} is in use by another process. Stop that one, or take another folder.`);
}

function addressIn(folder: string): string {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 32);
  if (process.platform === "win32") return `\\\\.\\pipe\\waystation-${name}`;
  const address = join(folder, "lock.sock");
  return Buffer.byteLength(address) > LONGEST_ADDRESS ? join(tmpdir(), `waystation-${name}.sock`) : address;
}

/** Undefined when somebody listens there, or did until he died. */
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
