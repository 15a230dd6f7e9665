import { Validator } from "@seriousme/openapi-schema-validator";
import { inject } from "light-my-request";
import { expect, test } from "vitest";
import { controlRoutes } from "../../../src/app/modules/module-routes.ts";
import { type ControlRoute, controlRoute } from "../../../src/server/control/contract.ts";
import { openControl } from "../../../src/server/control/control.ts";
import { openApiRoute } from "../../../src/server/control/openapi.ts";
import { controlRoutesWith } from "../../../src/server/control/routes.ts";
import { someControlDeps, someModuleRoutes } from "../../support/control-deps.ts";
import { page, withControlRoutes } from "../../support/pages.ts";

const ofModules = someModuleRoutes();

/** Asks control routes over nothing for something; tells the answer and which accounts were reset. */
async function ask(line: string, body?: string, routes: readonly ControlRoute<unknown>[] = ofModules) {
  const resets: (string | undefined)[] = [];
  const serve = await openControl(someControlDeps({ reset: (account) => void resets.push(account) }), routes);
  const [method = "", url = ""] = line.split(" ");
  const payload = body === undefined ? {} : { payload: body };
  const { statusCode, payload: text } = await inject(serve, {
    method: method as "GET" | "POST",
    url: `/_waystation/${url}`,
    headers: { host: "localhost" },
    ...payload,
  });
  return { status: statusCode, answer: text === "" ? undefined : JSON.parse(text), resets };
}

const shout = controlRoute({
  method: "POST",
  path: "/_waystation/shout",
  summary: "says it louder",
  inputs: { word: { type: "string", description: "The word is a word." } },
  required: ["word"],
  answer: { type: "object", properties: { word: { type: "string" } }, required: ["word"] },
  handle: (_deps: unknown, { word }) => ({ word: word.toUpperCase() }),
});
const routes = [...ofModules, shout];

test("a route is added by its contract and a line of the table", async () => {
  expect(await ask("POST shout?word=hey", undefined, routes)).toMatchObject({ status: 200, answer: { word: "HEY" } });
  const { answer } = await ask("GET openapi.json", undefined, routes);
  expect(answer.paths["/_waystation/shout"].post).toMatchObject({
    operationId: "postShout",
    summary: "says it louder",
  });
  const missed = await ask("GET nothing", undefined, routes);
  expect(missed.answer.message).toContain(", POST /_waystation/shout, ");
  const text = withControlRoutes(page("docs/testing.md"), controlRoutesWith(routes));
  expect(text).toContain("\n| `POST /_waystation/shout?word=` | says it louder |\n");
});

test("the OpenAPI document is valid, and lists what there is", async () => {
  const { answer } = await ask("GET openapi.json");
  expect(await new Validator().validate(answer)).toEqual({ valid: true });
  expect(answer.openapi).toBe("3.1.0");
  const listed = Object.entries<object>(answer.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed).toEqual(controlRoutes.map(({ method, path }) => `${method} ${path.replace(":id", "{id}")}`));
});

test("every operation of the OpenAPI document has another id", async () => {
  const { answer } = await ask("GET openapi.json");
  const ids = Object.values<object>(answer.paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(controlRoutes.length);
  expect(ids).toContain("postClockAdvance");
});

test("a required input of GET must stand in the query, one of POST may", () => {
  const describe = (method: "GET" | "POST") => {
    const { paths } = openApiRoute.handle(
      { version: "1", routes: [{ ...shout, method }] },
      {},
      new AbortController().signal,
    ) as {
      paths: Record<string, Record<string, { parameters: [{ required: boolean }] }>>;
    };
    return paths["/_waystation/shout"]![method.toLowerCase()]!;
  };
  expect(describe("GET").parameters[0].required).toBe(true);
  expect(describe("GET")).not.toHaveProperty("requestBody");
  expect(describe("POST").parameters[0].required).toBe(false);
  expect(describe("POST")).toHaveProperty("requestBody");
});

test.for([
  ["POST reset", '{"account":"123456789012"}', ["123456789012"]],
  ["POST reset", "{}", [undefined]],
  ["POST reset", "", [undefined]],
  ["POST reset?account=123456789012", "{}", ["123456789012"]],
] as const)("%s with the body %s resets %j", async ([line, body, resets]) => {
  expect(await ask(line, body)).toEqual({ status: 204, answer: undefined, resets });
});

test.for([
  ["POST reset", '{"account":123456789012}', "An account id has 12 digits."],
  ["POST reset", '{"account":null}', "An account id has 12 digits."],
  ["POST reset", '{"account":"me"}', "An account id has 12 digits."],
  ["POST reset", '{"acount":"123456789012"}', 'There is no parameter "acount" here; did you mean account?'],
  ["POST reset", '{"__proto__":"1"}', 'There is no parameter "__proto__" here; there are account.'],
  ["POST reset?account=123456789012", '{"account":"123456789012"}', "There can be one account only."],
  ["POST reset", '["123456789012"]', expect.stringMatching(/or as a JSON object in the body\.$/)],
  ["POST reset", "account=123456789012", expect.stringMatching(/or as a JSON object in the body\.$/)],
  ["POST clock/advance", '{"seconds":"30"}', "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["POST clock/advance", '{"seconds":0.0001}', "seconds is a number from 0 to 1000000000, to the millisecond."],
  ["GET health", '{"account":"123456789012"}', 'There is no parameter "account" here, nor any other.'],
  ["GET outbox", '{"acount":"123456789012"}', 'There is no parameter "acount" here; did you mean account?'],
  ["GET deliveries", '{"limit":1.5}', "The limit is a whole number from 1 to 1000."],
  ["POST opt-outs?number=15551234567&region=US+East", "", "The region is one such as us-east-1."],
] as const)("%s with the body %s does nothing but say what is wrong", async ([line, body, message]) => {
  expect(await ask(line, body)).toEqual({ status: 400, answer: { message }, resets: [] });
});

test("routes are opened in several turns, and what one takes is compiled with its first request", async () => {
  let [turns, looks] = [0, 0];
  const description = "The word is a word.";
  const inputs = {
    ...shout.inputs,
    get properties() {
      looks++;
      return { word: { type: "string", description } } as const;
    },
  };
  const nextTurn = async (): Promise<void> => void turns++;
  const serve = await openControl({ ...someControlDeps(), nextTurn }, [...ofModules, { ...shout, inputs }]);
  expect([turns, looks]).toEqual([2, 0]);
  const { payload } = await inject(serve, {
    method: "POST",
    url: "/_waystation/shout?word=a&word=b",
    headers: { host: "localhost" },
  });
  expect(JSON.parse(payload)).toEqual({ message: "There can be one word only." });
});
