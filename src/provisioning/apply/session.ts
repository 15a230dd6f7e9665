import { formatArn, parseArn } from "../../kernel/arn.ts";
import { AwsError } from "../../kernel/aws-error.ts";
import { scopeOf } from "../../kernel/scope.ts";
import { itemsInTurns, type NextTurn } from "../../kernel/time/in-turns.ts";
import type { Operate, Place } from "../operate.ts";
import type { DeclaredFunction } from "../world/world.ts";
import type {
  DescribedFunction,
  DescribeFunctions,
  PlacedFunction,
  PlaceFunction,
} from "./function/placed-function.ts";

/** So many resources or steps are looked at or made in one turn of the event loop. */
export const PER_TURN = 25;

/** What applying works with. */
export interface ApplyDeps {
  readonly operate: Operate;
  readonly placeFunction: PlaceFunction;
  readonly describeFunctions: DescribeFunctions;
  /** Account and region of what says neither. */
  readonly defaults: Place;
  readonly nextTurn: NextTurn;
  /** Waits some tenths of a second of that account's time. Throws when it stands still. */
  pause(account: string): Promise<void>;
}

/** A change that takes AWS longer than this has failed. */
const MOST_PAUSES = 1000;

/** Operations of services in one account and region. */
export class Session {
  readonly place: Place;
  readonly #deps: ApplyDeps;

  constructor(deps: ApplyDeps, { account, region }: { readonly [K in keyof Place]: Place[K] | undefined }) {
    this.#deps = deps;
    this.place = { account: account ?? deps.defaults.account, region: region ?? deps.defaults.region };
  }

  /** Calls an operation, again when Kinesis is called too often. Throws AwsErrors. */
  async call<Output = object>(service: string, operation: string, input: object): Promise<Output> {
    for (let pauses = 0; ; pauses++) {
      try {
        return (await this.#deps.operate(service, operation, input, this.place)) as Output;
      } catch (cause) {
        if (!isTooOften(cause) || pauses === MOST_PAUSES) throw cause;
        await this.#deps.pause(this.place.account);
      }
    }
  }

  /** The same of what may not exist: undefined then. */
  async find<Output>(service: string, operation: string, input: object): Promise<Output | undefined> {
    try {
      return await this.call<Output>(service, operation, input);
    } catch (cause) {
      if (cause instanceof AwsError && MISSING.includes(cause.shape)) return undefined;
      throw cause;
    }
  }

  /** Passes items on, with others having their turns in between. */
  inTurns<Item>(items: Iterable<Item>): AsyncIterable<Item> {
    return itemsInTurns(items, PER_TURN, this.#deps.nextTurn);
  }

  /** Waits until that is the case. */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    for (let pauses = 0; pauses < MOST_PAUSES; pauses++) {
      if (await isSo()) return;
      await this.#deps.pause(this.place.account);
    }
  }

  /** The ARN of what stands there with a mere name. */
  arn(service: string, nameOrArn: string): string {
    if (nameOrArn.startsWith("arn:")) return nameOrArn;
    return formatArn(service, scopeOf(this.place.account, this.place.region), nameOrArn);
  }

  /** The ARN of a function that stands there with a mere name. */
  functionArn(nameOrArn: string): string {
    return nameOrArn.startsWith("arn:") ? nameOrArn : this.arn("lambda", `function:${nameOrArn}`);
  }

  /** Finds a function, and how it gets to be as it is declared. Throws DocumentError. */
  placeFunction(declared: DeclaredFunction, deadLetterArn: string | undefined): Promise<PlacedFunction> {
    return this.#deps.placeFunction({ place: this.place, declared, deadLetterArn });
  }

  /** The functions that are there, by name, as a file would declare them. */
  describeFunctions(): Promise<readonly DescribedFunction[]> {
    return this.#deps.describeFunctions(this.place);
  }

  queueUrl(name: string): string {
    return `http://localhost/${this.place.account}/${name}`;
  }
}

const MISSING = ["QueueDoesNotExist", "NotFoundException", "ResourceNotFoundException"];

/** AWS: too many calls a second, or too many streams that are being created, which goes by. */
function isTooOften(cause: unknown): boolean {
  if (!(cause instanceof AwsError) || cause.shape !== "LimitExceededException") return false;
  return /^Rate exceeded|\bsimultaneously\b/.test(cause.message);
}

/** The name at the end of an ARN; the whole of anything else. */
export function nameIn(arn: string): string {
  return parseArn(arn)?.resource ?? arn;
}
