/**
 * Runs a handler for Node: asks the Runtime API for events, one after the other, and answers them. It lies beside the
 * program as it is and imports nothing of it. AWS: Using the Lambda runtime API; what the handler sees is what the runtime
 * interface client for Node shows it.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { callHandler, contextOf, errorDocument, payloadOf, STREAMING } from "./handler.mjs";
import { BASE, RuntimeClient } from "./runtime-client.mjs";

const { env } = process;
/** How the stock client ends when something was thrown or rejected that nobody caught. */
const EXIT_OF_REJECTION = 128;
const EXIT_OF_EXCEPTION = 129;
const EXTENSIONS = ["", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];
const ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
const ERROR_BODY = "Lambda-Runtime-Function-Error-Body";
const LEVELS = { log: "INFO", info: "INFO", debug: "DEBUG", warn: "WARN", error: "ERROR", trace: "TRACE" };

const [, host, port] = /^(.*):(\d+)$/.exec(env.AWS_LAMBDA_RUNTIME_API ?? "") ?? [];
/** When nobody answers, the emulator has ended, and so does this. */
const die = () => process.exit(1);
const client = new RuntimeClient(host, port, die);

/** The invocation under way. */
let requestId;
/** What is to be done once nothing is left to wait for. */
let idleTask;
const whenIdle = (task) => {
  idleTask = task;
};
const waits = { called: whenIdle, returned: whenIdle, promised: whenIdle, settled: () => whenIdle(undefined) };

const typeOf = ({ errorType }) => ({ [ERROR_TYPE]: headerText(errorType) });
const headerText = (text) => String(text).replace(/[^\x20-\x7e]/g, "?");

function contextFrom(headers) {
  return contextOf({
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    clientContext: headers["lambda-runtime-client-context"],
    identity: headers["lambda-runtime-cognito-identity"],
    deadlineMs: Number(headers["lambda-runtime-deadline-ms"]),
    now: Date.now,
  });
}

/** `a/b/index.one.two` is what `a/b/index` exports as `one.two`. */
async function loadHandler(root, name) {
  const [, file, path] = /^([^.]*)\.(.+)$/.exec(basename(name)) ?? [];
  if (file === undefined || name.includes("..")) throw named("Runtime.MalformedHandlerName", `Bad handler ${name}`);
  const module = await loadModule(root, join(dirname(name), file));
  const members = path.split(".");
  const handler =
    members.reduce((value, member) => value?.[member], module) ??
    members.reduce((value, member) => value?.[member], module.default);
  if (typeof handler === "function") return handler;
  const complaint = handler === undefined ? "is undefined or not exported" : "is not a function";
  throw named("Runtime.HandlerNotFound", `${name} ${complaint}`);
}

async function loadModule(root, name) {
  const require = createRequire(join(root, "package.json"));
  try {
    const found = EXTENSIONS.slice(1)
      .map((extension) => join(root, name + extension))
      .find((path) => existsSync(path));
    const path = found ?? require.resolve(`./${name}`);
    return /\.m[jt]s$/.test(path) ? await import(pathToFileURL(path).href) : await requireOrImport(require, path);
  } catch (error) {
    if (error instanceof SyntaxError) throw named("Runtime.UserCodeSyntaxError", String(error), error);
    if (/^(?:ERR_)?MODULE_NOT_FOUND$/.test(error?.code)) throw named("Runtime.ImportModuleError", String(error), error);
    throw error;
  }
}

async function requireOrImport(require, path) {
  try {
    return require(path);
  } catch (error) {
    if (!/^ERR_(?:REQUIRE_ESM|REQUIRE_ASYNC_MODULE|UNKNOWN_FILE_EXTENSION)$/.test(error?.code)) throw error;
    return import(pathToFileURL(path).href);
  }
}

function named(name, message, cause) {
  const error = new Error(message);
  error.name = name;
  if (cause?.stack !== undefined) error.stack = cause.stack;
  return error;
}

function prefixConsole() {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...parts) => {
      process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${format(...parts)}\n`);
    };
  }
}

const tell = (what, document) => console.error(`${what} \t${JSON.stringify(document)}`);

/** What `awslambda.streamifyResponse` marks a handler for: it writes its answer as it comes. */
globalThis.awslambda = {
  streamifyResponse(handler, options) {
    handler[STREAMING] = options?.highWaterMark ?? true;
    return handler;
  },
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType("application/vnd.awslambda.http-integration-response");
      stream.write(JSON.stringify(prelude));
      stream.write(Buffer.alloc(8)); // AWS: eight zero bytes end the prelude
      return stream;
    },
  },
};

/** Answers in pieces, with node:http, which only those functions wait for. */
async function answerStreaming(handler, event, context) {
  const { request } = await import("node:http");
  const path = `${BASE}/invocation/${requestId}/response`;
  const headers = {
    "Content-Type": "application/octet-stream",
    "Transfer-Encoding": "chunked",
    "Lambda-Runtime-Function-Response-Mode": "streaming",
    Trailer: [ERROR_TYPE, ERROR_BODY],
  };
  const stream = request({ host, port, method: "POST", path, headers });
  stream.setContentType = (type) => void (stream.headersSent || stream.setHeader("Content-Type", type));
  const end = new Promise((resolve) => {
    stream.on("response", (response) => response.on("end", resolve).on("error", die).resume()).on("error", die);
  });
  try {
    await handler(event, stream, context);
  } catch (error) {
    const document = errorDocument(error);
    tell("Invoke Error", document);
    stream.addTrailers({ ...typeOf(document), [ERROR_BODY]: Buffer.from(JSON.stringify(document)).toString("base64") });
  }
  if (!stream.writableEnded) stream.end();
  await end;
  return client.next();
}

async function answerWhole(handler, event, context) {
  let payload;
  try {
    payload = payloadOf(await callHandler(handler, event, context, waits));
  } catch (error) {
    const document = errorDocument(error);
    tell("Invoke Error", document);
    return client.postAndNext(`/invocation/${requestId}/error`, JSON.stringify(document), typeOf(document));
  }
  return client.postAndNext(`/invocation/${requestId}/response`, payload);
}

/** Tells what nobody caught, and ends: nobody knows what state the handler's module is in. */
function dieOf(code, what, document) {
  tell(what, document);
  const path = requestId === undefined ? "/init/error" : `/invocation/${requestId}/error`;
  // Behind a call for the next event it would be read when there is one.
  const speaker = client.isWaiting ? new RuntimeClient(host, port, die) : client;
  speaker.post(path, JSON.stringify(document), typeOf(document)).then(() => process.exit(code));
}

process.on("beforeExit", () => {
  const task = idleTask;
  idleTask = undefined;
  task?.();
});
process.on("uncaughtException", (error) => dieOf(EXIT_OF_EXCEPTION, "Uncaught Exception", errorDocument(error)));
process.on("unhandledRejection", (reason) => {
  const { trace, ...known } = errorDocument(reason);
  const errorType = "Runtime.UnhandledPromiseRejection";
  dieOf(EXIT_OF_REJECTION, "Unhandled Promise Rejection", {
    errorType,
    errorMessage: String(reason),
    reason: known,
    trace,
  });
});

// What was written before the answer is there before the answer, however much it is.
for (const stream of [process.stdout, process.stderr]) {
  stream._handle?.setBlocking?.(true);
  stream.on("error", () => {}); // nobody reads it any more
}
prefixConsole();
const handler = await handlerOrEnd();
for (let next = client.next(); ; ) {
  const { status, headers, text } = await next;
  if (status !== 200) die();
  requestId = headers["lambda-runtime-aws-request-id"];
  const traceId = headers["lambda-runtime-trace-id"];
  if (traceId === undefined) delete env._X_AMZN_TRACE_ID;
  else env._X_AMZN_TRACE_ID = traceId;
  const answer = handler[STREAMING] === undefined ? answerWhole : answerStreaming;
  const event = JSON.parse(text);
  if (isWish(event)) (await import("./stack-answers.mjs")).leadTo(event.ResponseURL);
  next = answer(handler, event, contextFrom(headers));
}

/** Whether a stack of this emulator asks for a custom resource. */
function isWish(event) {
  return typeof event?.ResponseURL === "string" && event.ResponseURL.includes("/_waystation/stack-callbacks/");
}

async function handlerOrEnd() {
  try {
    return await loadHandler(env.LAMBDA_TASK_ROOT ?? process.cwd(), env._HANDLER ?? "");
  } catch (error) {
    const document = errorDocument(error);
    tell("Uncaught Exception", document);
    await client.post("/init/error", JSON.stringify(document), typeOf(document));
    process.exit(1);
  }
}
