import { createServices } from "../../src/app/modules/services.ts";
import { createOperate } from "../../src/app/operate.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import type { Operate } from "../../src/provisioning/operate.ts";
import type { ApplyOptions, Outcome, ResourceEvent } from "../../src/provisioning/resource/apply/application.ts";
import { applyPlan } from "../../src/provisioning/resource/apply/apply-plan.ts";
import { CallbackBox } from "../../src/provisioning/resource/callbacks.ts";
import { typeNamed } from "../../src/provisioning/resource/types.ts";
import type { AppliedStack } from "../../src/provisioning/template/plan/applied.ts";
import { type Plan, planOf } from "../../src/provisioning/template/plan/plan.ts";
import { type ResolveContext, type Resolved, resolve } from "../../src/provisioning/template/resolve.ts";
import { type ProcessedTemplate, readTemplate } from "../../src/provisioning/template/template.ts";
import { processTemplate, type TransformContext } from "../../src/provisioning/template/transform/process.ts";
import { Interceptors } from "../../src/server/intercept.ts";
import { silentLogger } from "../../src/server/log.ts";
import { ACCOUNT, aFrozenClock, REGION } from "./service-call.ts";

export const SCOPE = scopeOf(ACCOUNT, REGION);
export const STACK = {
  id: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/app/00000000-0000-1000-8000-000000000000`,
  name: "app",
};

/** Nobody else has a turn to wait for. */
export const noPause = async (): Promise<void> => {};

/** Whoever waits is called before. */
const waitForever = (): Promise<void> => new Promise(() => {});

/** What a stack of the name `app` is resolved with, but for what a test says. */
export function aContext(more: Partial<ResolveContext> = {}): ResolveContext {
  return {
    parameters: {},
    stack: { scope: SCOPE, stackId: STACK.id, stackName: STACK.name, notificationArns: [] },
    exported: () => undefined,
    stored: async () => undefined,
    ...more,
  };
}

/** The template, in JSON or YAML, its transforms done. */
export async function processedTemplate(
  template: string | object,
  more: Partial<TransformContext> = {},
): Promise<ProcessedTemplate> {
  const read = await readTemplate(typeof template === "string" ? template : JSON.stringify(template), noPause);
  const { parameters, stack } = aContext();
  return processTemplate(read, {
    parameters,
    stack,
    included: async () => undefined,
    unknown: "refuse",
    pause: noPause,
    ...more,
  });
}

/** The template, in JSON or YAML, as it is in the stack. */
export async function resolved(template: string | object, more: Partial<ResolveContext> = {}): Promise<Resolved> {
  const { parameters = {} } = more;
  return resolve(await processedTemplate(template, { parameters }), aContext(more));
}

/** A stack over all services in memory, with what was told of it. */
export function aStack() {
  const ids = seededIds("stack");
  const clock = aFrozenClock();
  const services = createServices(configFromOptions({}), {
    clocks: new Clocks(clock),
    ids,
    log: silentLogger,
    operate: (...call) => operate(...call),
  });
  const interceptors = new Interceptors();
  const operate: Operate = createOperate({
    services: services.list,
    interceptors,
    ids,
    origin: () => "http://localhost:4566",
  });
  const box = new CallbackBox(ids);
  const callbacks = box.at({ account: ACCOUNT, base: "http://localhost:4566/callback/", wait: waitForever });
  const told: string[] = [];
  const events: ResourceEvent[] = [];
  let stack: AppliedStack | undefined;
  const observer = {
    resource(event: ResourceEvent): void {
      events.push(event);
      told.push(`${event.logicalId} ${event.status}`);
    },
    phase: (phase: string) => void told.push(phase),
  };
  const plan = async (
    template: string | object | undefined,
    more: Partial<ResolveContext> & { readonly tags?: Record<string, string> } = {},
  ): Promise<Plan> => {
    const { tags = {}, ...context } = more;
    const after = template === undefined ? undefined : await resolved(template, context);
    return planOf({ before: stack, after, tags, typeNamed });
  };
  const apply = async (given: Plan, options: ApplyOptions = {}): Promise<Outcome> => {
    told.length = 0;
    events.length = 0;
    const outcome = await applyPlan(
      given,
      {
        operate: (service, operation, input, place) =>
          operate(service, operation, input, { ...place, stackId: STACK.id }),
        scope: SCOPE,
        stack: STACK,
        typeNamed,
        ids,
        observer,
        dynamicValue: async () => undefined,
        pause: noPause,
        attend: (_logicalId, task) => task({ wait: waitForever, callbacks }),
        unknown: "refuse",
      },
      options,
    );
    const parameters = [...(given.after?.parameters.values() ?? [])].map(({ key, text, storedText }) => [
      key,
      storedText ?? text,
    ]);
    stack = { resources: outcome.resources, parameters: Object.fromEntries(parameters) };
    return outcome;
  };
  return {
    told,
    events,
    clock,
    interceptors,
    callbacks: box,
    plan,
    apply,
    /** Plans and applies it at once. */
    deploy: async (template: string | object | undefined, more: Parameters<typeof plan>[1] = {}) =>
      apply(await plan(template, more)),
    /** What an operation answers. */
    ask: async <Answer = Record<string, unknown>>(
      service: string,
      operation: string,
      input: object = {},
    ): Promise<Answer> => (await operate(service, operation, input, SCOPE)) as Answer,
    physicalId: (logicalId: string) => stack?.resources.find((one) => one.logicalId === logicalId)?.physicalId,
    [Symbol.asyncDispose]: () => services.close(),
  };
}
