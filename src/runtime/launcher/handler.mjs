/**
 * What is the same for a JavaScript handler wherever it runs: its context, how it may answer, and the documents of its errors.
 * The launcher for Node and handlers in the emulator's own process both go by it.
 */

/** What a handler that streams is marked with. */
export const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

/** The handler's promise never settled, and nothing is left that could settle it. */
export class NeverSettled extends Error {
  name = "Runtime.NodeJsExit";
  message = "The promise of the handler was never settled, and nothing is left to wait for that could settle it.";
}

/** The second argument of a handler. AWS: Using the Lambda context object. */
export function contextOf({ clientContext, identity, deadlineMs, now, ...facts }) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    ...facts,
    clientContext: objectIn(clientContext),
    identity: objectIn(identity),
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - now()),
  };
}

function objectIn(text) {
  return text === undefined || text === "" ? undefined : JSON.parse(text);
}

/**
 * Has the handler take the event. Of a promise it is the value that counts, then what is called back; who does neither
 * answers null. `waits` is handed what to do once nothing is left that the handler could wait for: when it `called` back,
 * `returned` something that is no promise, or `promised`; `settled` says that nothing is to be done any more.
 */
export function callHandler(handler, event, context, waits) {
  return new Promise((resolve, reject) => {
    let isCalled = false;
    const settle = (error, result) => {
      waits.settled();
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const callback = (error, result) => {
      isCalled = true;
      if (context.callbackWaitsForEmptyEventLoop) waits.called(() => settle(error, result));
      else settle(error, result);
    };
    Object.assign(context, {
      done: callback,
      succeed: (result) => callback(null, result),
      fail: (error) => callback(error ?? "handled"),
    });
    const result = handler(event, context, callback);
    if (typeof result?.then === "function") {
      if (!isCalled) waits.promised(() => reject(new NeverSettled()));
      result.then(
        (value) => settle(undefined, value),
        (error) => {
          waits.settled();
          reject(error);
        },
      );
    } else if (!isCalled) waits.returned(() => resolve(null));
  });
}

/** The handler's result as JSON; what has none is null. Throws an error that says so when it cannot be written. */
export function payloadOf(result) {
  try {
    return JSON.stringify(result) ?? "null";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}

/** The document of an error, which is anything that can be thrown. */
export function errorDocument(error) {
  try {
    if (!isError(error)) return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
    const { name, message, stack = "" } = error;
    return { errorType: name, errorMessage: message, trace: stack.split("\n") };
  } catch {
    // AWS: its words, also of null and undefined, which have no members.
    const errorMessage =
      "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack";
    return { errorType: "handled", errorMessage };
  }
}

/** Also those of another realm. */
function isError(error) {
  return error instanceof Error || Object.prototype.toString.call(error) === "[object Error]";
}
