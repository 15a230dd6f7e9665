import { pastProxies } from "../../kernel/http/past-proxies.ts";
import { isAccountId } from "../../kernel/scope.ts";
import { clientVariables, mixedVariables } from "../../testing/client-variables.ts";
import { WaystationError } from "../../testing/waystation-error.ts";
import { inheritedEnvironment, UsageError } from "../settings/config.ts";
import type { Config } from "../settings/settings.ts";
import { type AnswersInProcess, createRequestHandler, type RequestHandler } from "./request-handler.ts";

/**
 * Which variables are wanted.
 *
 * @example
 * import { execFileSync } from "node:child_process";
 * import { startWaystation } from "waystation";
 *
 * const aws = await startWaystation();
 * const env = { ...process.env, ...aws.environment({ account: "111111111111", mixed: true }) };
 * execFileSync(process.execPath, ["-e", "if (!process.env.AWS_ENDPOINT_URL_SQS) throw new Error()"], { env });
 * await aws.close();
 */
export interface EnvironmentOptions {
  /** The account of whoever has these variables; the usual one unless given. */
  readonly account?: string;
  /** Only clients of what is served here are to come here, and those of other services go where they would: `AWS_ENDPOINT_URL_SQS` and so on. */
  readonly mixed?: boolean;
}

/** A class of clients, as every package `@aws-sdk/client-…` has one. */
type ClientClass = new (config: never) => unknown;

/** What a client is made with: whatever its class takes, and the account it calls for. */
type ClientOptions<C extends ClientClass> =
  NonNullable<ConstructorParameters<C>[0]> extends infer Options
    ? Partial<Options> & { readonly account?: string }
    : never;

/** What makes callers: clients in this process, and in those it starts. */
export interface Embedding {
  /**
   * A client of the AWS SDK for JavaScript, version 3, of your own class, which finds the emulator and has a region and keys. It is destroyed
   * when the emulator closes.
   */
  client<C extends ClientClass>(Client: C, options?: ClientOptions<C>): InstanceType<C>;
  /** The environment variables with which clients in another process find the emulator, past a proxy that the environment of this one names. */
  environment(options?: EnvironmentOptions): Readonly<Record<string, string>>;
  /** A `requestHandler` for clients in this process that needs no socket, and no endpoint either. */
  requestHandler(): RequestHandler;
}

interface EmbeddingDeps {
  readonly config: Pick<Config, "region">;
  readonly endpoint: string;
  readonly aws: AnswersInProcess;
}

interface Ending {
  /** Ends the clients; from then on the emulator is asked for nothing. */
  end(): void;
  /** Throws WaystationError after that, rather than have somebody look at what there was. */
  refuse(): void;
}

const CLOSED =
  "This emulator is closed: close() was called. Is it closed before the last test is over, or is an await missing?";

/** Makes what makes callers, and what ends them. */
export function createEmbedding({ config: { region }, endpoint, aws }: EmbeddingDeps): Embedding & Ending {
  let isOver = false;
  const refuse = (): void => {
    if (isOver) throw new WaystationError(503, CLOSED);
  };
  const clients: { destroy?(): void }[] = [];
  return {
    client<C extends ClientClass>(Client: C, options?: ClientOptions<C>): InstanceType<C> {
      refuse();
      const { account, ...config } = (options ?? {}) as { readonly account?: string };
      const credentials = { accessKeyId: keyOf(account), secretAccessKey: "test" };
      const client = new Client({ endpoint, region, credentials, ...config } as never) as InstanceType<C>;
      clients.push(client as { destroy?(): void });
      return client;
    },
    environment({ account, mixed = false } = {}) {
      const place = { endpoint, region, accessKeyId: keyOf(account) };
      const found = mixed ? mixedVariables(place) : clientVariables(place);
      return { ...found, ...pastProxies(inheritedEnvironment(), endpoint) };
    },
    requestHandler: () => createRequestHandler(aws, refuse),
    refuse,
    end() {
      isOver = true;
      for (const client of clients.splice(0)) client.destroy?.();
    },
  };
}

/** The access key id of an account. Any that is none stands for the usual account. */
function keyOf(account: string | undefined): string {
  if (account === undefined) return "test";
  if (!isAccountId(account)) throw new UsageError(`an account id has 12 digits, not "${account}"`);
  return account;
}
