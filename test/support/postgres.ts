import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Credentials } from "../../src/server/http/tls.ts";
import { Connection } from "../../src/store/postgres/connection.ts";
import type { PgResult } from "../../src/store/postgres/pg.ts";
import { Heard } from "./built-cli.ts";
import { Network } from "./network.ts";

/** Where Debian's package has its programs, a folder for each version. */
const DEBIAN = "/usr/lib/postgresql";
const PASSWORD = "hush-hush";

type Child = ChildProcessByStdio<null, null, Readable>;

/** Whether there is a PostgreSQL on this machine to start a server of. */
export const hasPostgres = existsSync(DEBIAN) && binaries() !== undefined;

interface Place {
  readonly folder: string;
  readonly port: number;
  readonly settings: readonly string[];
}

/** A server of PostgreSQL's in a folder of its own, reached by a socket in it. */
export class PostgresServer implements AsyncDisposable {
  readonly #place: Place;
  #child: Child | undefined;
  #databases = 0;

  private constructor(place: Place) {
    this.#place = place;
  }

  /** With TLS it is reached by a port of this machine as well, and there by TLS alone. */
  static async start({ tls }: { readonly tls?: Credentials } = {}): Promise<PostgresServer> {
    const folder = newFolder();
    const passwordFile = join(folder, "password");
    writeForServer(passwordFile, PASSWORD);
    const initialized = ["-D", join(folder, "data"), "-U", "waystation", "-A", "scram-sha-256", "--no-sync"];
    const options = [`--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C"];
    runInFolder(folder, "initdb", [...initialized, ...options]);
    const place = { folder, port: 5432, settings: ["listen_addresses="] };
    return PostgresServer.#begun(tls === undefined ? place : await withTls(place, tls));
  }

  /** Starts another one that follows this one, and can only be read. */
  startReplica(): Promise<PostgresServer> {
    const folder = newFolder();
    const copied = ["-D", join(folder, "data"), "-R", "--no-sync", "-X", "stream", "-c", "fast"];
    runInFolder(folder, "pg_basebackup", [...copied, "-d", this.urlOf("postgres")]);
    return PostgresServer.#begun({ ...this.#place, folder, settings: ["listen_addresses="] });
  }

  static async #begun(place: Place): Promise<PostgresServer> {
    const server = new PostgresServer(place);
    await server.begin();
    return server;
  }

  /** Starts it, where it is not running. */
  async begin(): Promise<void> {
    const { folder, port, settings } = this.#place;
    const all = [...settings, `port=${port}`, "fsync=off", `unix_socket_directories=${folder}`, "shared_buffers=16MB"];
    const started = ["-D", join(folder, "data"), ...all.flatMap((one) => ["-c", one])];
    const child = spawn(...as(owner(), "postgres", started), { stdio: ["ignore", "ignore", "pipe"], cwd: folder });
    this.#child = child;
    await new Heard(child.stderr).until("ready to accept");
    child.stderr.resume();
  }

  /** Ends it at once, in order. */
  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await ended;
  }

  /** The way to it with a network in between. */
  network(): Promise<Network> {
    return Network.before(join(this.#place.folder, `.s.PGSQL.${this.#place.port}`));
  }

  /** The URL of a database that is empty. */
  async newDatabase(): Promise<string> {
    const name = `state_${++this.#databases}`;
    await this.ask(this.urlOf("postgres"), `CREATE DATABASE ${name}`);
    return this.urlOf(name);
  }

  urlOf(name: string, password = PASSWORD): string {
    const { folder, port } = this.#place;
    return `postgres://waystation:${password}@localhost:${port}/${name}?host=${folder}`;
  }

  /** The URL of a database by its port, with more in it about TLS. */
  portUrlOf(name: string, query: string): string {
    return `postgres://waystation:${PASSWORD}@127.0.0.1:${this.#place.port}/${name}${query}`;
  }

  /** The URL of the same database by way of a network. */
  urlBy({ port }: Network, url: string): string {
    return `postgres://waystation:${PASSWORD}@127.0.0.1:${port}${new URL(url).pathname}`;
  }

  /** What a database answers to somebody else than whom the tests are about. */
  async ask<Row>(url: string, text: string): Promise<PgResult<Row>["rows"]> {
    const connection = await Connection.open({ url, durability: "process" });
    try {
      return (await connection.run<Row>({ text })).rows;
    } finally {
      await connection.close();
    }
  }

  /** Ends the connections of all servers to a database, as a restart of PostgreSQL does, and waits until they are gone. */
  async hangUp(url: string): Promise<void> {
    const others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    await this.ask(url, `SELECT pg_terminate_backend(pid, 10000) ${others}`);
  }

  /** Has every append to a database wait until that is released. */
  async holdFacts(url: string): Promise<{ release(): Promise<void> }> {
    const connection = await Connection.open({ url, durability: "process" });
    await connection.run({ text: "BEGIN" });
    await connection.run({ text: "SELECT 1 FROM waystation.facts FOR UPDATE" });
    return { release: () => connection.close() };
  }

  /** Resolves once somebody waits for a lock. */
  async untilOneWaits(url: string): Promise<void> {
    const waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await this.ask(url, `SELECT pid ${waiting}`)).length === 0);
  }

  /** Ends the connection of the first one that waits for a lock. */
  async hangUpWaiting(url: string): Promise<void> {
    const waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await this.ask(url, `SELECT pg_terminate_backend(pid, 10000) ${waiting}`)).length === 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    rmSync(this.#place.folder, { recursive: true });
  }
}

/** Takes nobody by a port but with TLS. */
async function withTls(place: Place, { cert, key }: Credentials): Promise<Place> {
  const inData = (name: string): string => join(place.folder, "data", name);
  writeForServer(inData("server.crt"), cert);
  writeForServer(inData("server.key"), key);
  writeForServer(inData("pg_hba.conf"), "local all all scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\n");
  return { ...place, port: await freePort(), settings: ["listen_addresses=127.0.0.1", "ssl=on"] };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-pg-"));
  give(folder);
  return folder;
}

function writeForServer(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  give(path);
}

function give(path: string): void {
  const user = owner();
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

function runInFolder(folder: string, program: string, args: readonly string[]): void {
  execFileSync(...as(owner(), program, args), { stdio: "ignore", cwd: folder });
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, so then it is another one; undefined where this one will do. */
function owner(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function as(user: User | undefined, program: string, args: readonly string[]): [string, string[]] {
  const path = join(binaries() ?? "", program);
  if (user === undefined) return [path, [...args]];
  return ["setpriv", [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", path, ...args]];
}

/** The folder of the newest version's programs. */
function binaries(): string | undefined {
  const versions = readdirSync(DEBIAN).sort((one, other) => Number(one) - Number(other));
  const folders = versions.map((version) => join(DEBIAN, version, "bin"));
  return folders.findLast((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}
