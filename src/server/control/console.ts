import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { extname } from "node:path";
import { lazily } from "../../kernel/load/late-package.ts";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { refusalOf, senderOf } from "./guard.ts";

const FILES_PREFIX = `${CONTROL_PREFIX}console/`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page loads what came with it and asks this server, nothing else; what a message says can run or load nothing. */
const SECURITY_HEADERS = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-cache",
} as const;

interface ConsoleDeps {
  /** The host the server was told to listen on. */
  readonly host: string;
  /** Where the console's files lie. */
  readonly folder: URL;
}

/** A file as it is sent. */
interface ServedFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
}

/** Serves the web console; its files are read when somebody opens it. What else is asked for is left to `rest`. */
export function withConsole({ host, folder }: ConsoleDeps, rest: RequestListener): RequestListener {
  const files = lazily(() => readFiles(folder));
  return (request, response) => {
    const name = fileAskedFor(request);
    if (name === undefined) return rest(request, response);
    const refusal = refusalOf(senderOf(request), host);
    if (refusal !== undefined) return rest(request, response);
    request.resume();
    files().then(
      (served) => send(request, response, served.get(name)),
      () =>
        response.writeHead(404, { "Content-Type": "text/plain" }).end("The console is not built: npm run bundle.\n"),
    );
  };
}

/** The console's page for whoever reads pages, and the files that it loads. */
function fileAskedFor({ url = "/", method, headers }: IncomingMessage): string | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  if (!url.startsWith(CONTROL_PREFIX)) return undefined;
  const [path = ""] = url.split("?", 1);
  if (path === CONTROL_PREFIX && headers.accept?.includes("text/html") === true) return "index.html";
  return path.startsWith(FILES_PREFIX) ? path.slice(FILES_PREFIX.length) : undefined;
}

async function readFiles(folder: URL): Promise<ReadonlyMap<string, ServedFile>> {
  const served = new Map<string, ServedFile>();
  for (const name of await readdir(folder)) {
    const type = CONTENT_TYPES[extname(name)];
    if (type === undefined) continue;
    const bytes = await readFile(new URL(name, folder));
    served.set(name, { type, bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url")}"` });
  }
  return served;
}

function send(request: IncomingMessage, response: ServerResponse, file: ServedFile | undefined): void {
  if (file === undefined) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("The console has no such file.\n");
    return;
  }
  const { type, etag, bytes } = file;
  const headers = { ...SECURITY_HEADERS, ETag: etag };
  if (request.headers["if-none-match"] === etag) response.writeHead(304, headers).end();
  else response.writeHead(200, { ...headers, "Content-Type": type, "Content-Length": bytes.length }).end(bytes);
}
