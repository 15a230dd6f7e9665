import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
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

/** A server of PostgreSQL's in a folder of its own, reached by a socket in it. */
export class PostgresServer implements AsyncDisposable {
  readonly #folder: string;
  #child: Child | undefined;
  #databases = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "waystation-pg-"));
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, PASSWORD);
    const user = owner();
    for (const path of user === undefined ? [] : [folder, passwordFile])
      chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
    const data = join(folder, "data");
    const initialized = [
      "-D",
      data,
      "-U",
      "waystation",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--no-sync",
    ];
    execFileSync(...as(user, "initdb", [...initialized, "-E", "UTF8", "--locale=C"]), { stdio: "ignore", cwd: folder });
    const server = new PostgresServer(folder);
    await server.begin();
    return server;
  }

  /** Starts it, where it is not running. */
  async begin(): Promise<void> {
    const folder = this.#folder;
    const settings = ["listen_addresses=", "fsync=off", `unix_socket_directories=${folder}`, "shared_buffers=16MB"];
    const started = ["-D", join(folder, "data"), ...settings.flatMap((one) => ["-c", one])];
    const child = spawn(...as(owner(), "postgres", started), { stdio: ["ignore", "ignore", "pipe"], cwd: folder });
    this.#child = child;
    await new Heard(child.stderr).until("ready to accept connections");
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
    return Network.before(join(this.#folder, ".s.PGSQL.5432"));
  }

  /** The URL of a database that is empty. */
  async newDatabase(): Promise<string> {
    const name = `state_${++this.#databases}`;
    await this.ask(this.urlOf("postgres"), `CREATE DATABASE ${name}`);
    return this.urlOf(name);
  }

  urlOf(name: string, password = PASSWORD): string {
    return `postgres://waystation:${password}@localhost/${name}?host=${this.#folder}`;
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
    rmSync(this.#folder, { recursive: true });
  }
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
