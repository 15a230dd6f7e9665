import { AwsError } from "../../kernel/aws-error.ts";
import { itemsInTurns } from "../../kernel/time/in-turns.ts";
import { DocumentError, type Path } from "../document/part.ts";
import type { DeclaredPlace, World } from "../world/world.ts";
import { planFunction } from "./function/functions.ts";
import { planPermissions } from "./function/permissions.ts";
import { type Change, Plan, type Step } from "./plan.ts";
import { planQueue } from "./queues.ts";
import { type ApplyDeps, PER_TURN, Session } from "./session.ts";
import { planStream } from "./streams.ts";
import { planTopic } from "./topics.ts";

/** What applying did, or would do. */
export interface Applied {
  readonly changes: readonly Change[];
  /** Resources that were as they are declared. */
  readonly unchanged: number;
}

/**
 * Makes what is declared be there: creates what is missing, changes what differs, removes nothing. Seeds are sent into what is
 * created. When something cannot be, what was done is taken back. Throws DocumentError about that place.
 */
export async function applyWorld(world: World, deps: ApplyDeps): Promise<Applied> {
  const plan = await planWorld(world, deps);
  const done: Step[] = [];
  for await (const step of itemsInTurns(plan.steps(), PER_TURN, deps.nextTurn)) {
    try {
      await step.run();
    } catch (cause) {
      await takeBack(done, deps);
      throw aboutStep(step, cause);
    }
    done.push(step);
  }
  return plan;
}

/** Tells what applying would do. Throws DocumentError. */
export async function planWorld(world: World, deps: ApplyDeps): Promise<Plan> {
  const plan = new Plan();
  const each = async <T extends { readonly path: Path; readonly name: string }>(
    kind: string,
    resources: readonly T[],
    planOne: (resource: T) => Promise<void>,
  ): Promise<void> => {
    for await (const resource of itemsInTurns(resources, PER_TURN, deps.nextTurn)) {
      try {
        await planOne(resource);
      } catch (cause) {
        throw aboutStep({ subject: `${kind} ${resource.name}`, path: resource.path }, cause);
      }
    }
  };
  const functionArns = new Set(
    world.places.flatMap((place) => {
      const session = new Session(deps, place);
      return place.functions.map(({ name }) => session.functionArn(name));
    }),
  );
  for (const place of world.places) await planPlace(place, { deps, plan, functionArns, each });
  return plan;
}

interface Planning {
  readonly deps: ApplyDeps;
  readonly plan: Plan;
  /** Those that are declared. */
  readonly functionArns: ReadonlySet<string>;
  each<T extends { readonly path: Path; readonly name: string }>(
    kind: string,
    resources: readonly T[],
    planOne: (resource: T) => Promise<void>,
  ): Promise<void>;
}

async function planPlace(place: DeclaredPlace, { deps, plan, functionArns, each }: Planning): Promise<void> {
  const session = new Session(deps, place);
  await each("queue", place.queues, (queue) => planQueue(session, queue, plan));
  await each("topic", place.topics, (topic) => planTopic(session, topic, plan));
  for (const topic of place.topics) planPermissions(session, topic, functionArns, plan);
  await each("stream", place.streams, (stream) => planStream(session, stream, plan));
  await each("function", place.functions, (one) => planFunction(session, one, plan));
}

/** Takes back, the latest first. What cannot be taken back any more is left. */
async function takeBack(done: readonly Step[], { nextTurn }: ApplyDeps): Promise<void> {
  for await (const step of itemsInTurns(done.toReversed(), PER_TURN, nextTurn)) {
    try {
      await step.undo?.();
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause;
    }
  }
}

function aboutStep({ subject, path }: Pick<Step, "subject" | "path">, cause: unknown): unknown {
  return cause instanceof AwsError ? new DocumentError(`${subject}: ${cause.message}`, path) : cause;
}
