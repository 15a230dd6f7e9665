import { latePackage } from "../../kernel/load/late-package.ts";
import { StoreRefusal } from "../store.ts";

/** As much of pg's API as is used here. It is an optional dependency, so its own types may not be there. */
interface Pg {
  readonly Client: new (options: ClientOptions) => PgClient;
}

interface ClientOptions {
  readonly connectionString: string;
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly query_timeout: number;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
}

/** One connection to a server. */
export interface PgClient {
  /** By which the server knows it; null until it is connected. */
  readonly processID: number | null;
  readonly connection: { readonly stream: { destroy(): void } };
  connect(): Promise<void>;
  query(query: PgQuery): Promise<PgResult>;
  on(event: "error", listener: (cause: Error) => void): void;
  end(): Promise<void>;
}

export interface PgQuery {
  /** Planned once for each name and connection. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly PgValue[];
}

type PgValue = string | number | boolean | Buffer;

/** Large numbers come as texts, and bytes as a Buffer. */
export interface PgResult<Row = Readonly<Record<string, unknown>>> {
  readonly rowCount: number | null;
  readonly rows: readonly Row[];
}

/** A client that is not connected yet. Throws StoreRefusal where the package is not installed, and pg's errors about the URL. */
export function newClient(options: ClientOptions): PgClient {
  const { Client } = loadPg();
  return new Client(options);
}

function loadPg(): Pg {
  try {
    return latePackage("pg", (loaded: Pg) => loaded);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isMissing = code === "MODULE_NOT_FOUND" && message.includes("'pg'");
    const [reason] = message.split("\n");
    const complaint = isMissing ? "npm install pg" : `it is installed and cannot be loaded, ${reason}`;
    throw new StoreRefusal(`To keep state in PostgreSQL takes the package pg: ${complaint}.`, { cause });
  }
}
