import type { Stack, StackSettings, Tags } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import { type RollbackConfiguration, rollbackOf } from "./rollback-configuration.ts";

/** What callers choose for a stack in each operation that deploys one. */
export interface Choices {
  readonly Parameters?: readonly GivenParameter[] | undefined;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
  readonly DisableRollback?: boolean | undefined;
  readonly OnFailure?: string | undefined;
  readonly TimeoutInMinutes?: number | undefined;
  readonly RollbackConfiguration?: RollbackConfiguration | undefined;
}

interface GivenParameter {
  readonly ParameterKey?: string | undefined;
  readonly ParameterValue?: string | undefined;
  readonly UsePreviousValue?: boolean | undefined;
}

/** What a stack has its settings from beside what is chosen. */
interface Known {
  readonly stack?: Stack | undefined;
  /** The stack that it is nested in. */
  readonly parent?: Stack | undefined;
}

/** Settings of a stack; what is not said stays as it is. AWS: a nested stack is not rolled back where its parent is not. */
export function settingsOf(choices: Choices, { stack, parent }: Known = {}): StackSettings {
  const { settings } = stack ?? {};
  const isKept = choices.OnFailure === undefined ? undefined : choices.OnFailure === "DO_NOTHING";
  const roleArn = choices.RoleARN ?? settings?.roleArn;
  const rollback = rollbackOf(choices.RollbackConfiguration) ?? settings?.rollback;
  const timeoutMinutes = choices.TimeoutInMinutes ?? settings?.timeoutMinutes;
  return {
    disableRollback: choices.DisableRollback ?? isKept ?? parent?.settings.disableRollback ?? false,
    notificationArns: choices.NotificationARNs ?? settings?.notificationArns ?? [],
    ...(roleArn !== undefined && { roleArn }),
    ...(timeoutMinutes !== undefined && { timeoutMinutes }),
    ...(rollback !== undefined && { rollback }),
  };
}

/** AWS: tags that are not said stay, an empty list takes them away. */
export function tagsOf({ Tags: given }: Choices, stack?: Stack): Tags {
  if (given === undefined) return stack?.content.tags ?? {};
  if (given.some(({ Key }) => Key.toLowerCase().startsWith("aws:"))) {
    throw new StackError("aws: prefixed tag key names are not allowed for external use.");
  }
  return Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
}

/** Values of parameters by key, those among them that the stack has already. Throws StackError for one that it has not. */
export function givenParameters({ Parameters = [] }: Choices, stack?: Stack): Readonly<Record<string, string>> {
  const previous = new Map(stack?.content.parameters.map(({ key, value }) => [key, value]));
  const entries = Parameters.flatMap(({ ParameterKey: key = "", ParameterValue, UsePreviousValue }) => {
    if (UsePreviousValue !== true) return ParameterValue === undefined ? [] : [[key, ParameterValue] as const];
    if (ParameterValue !== undefined) {
      throw new StackError(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and a parameter value.`,
      );
    }
    const value = previous.get(key);
    if (value !== undefined) return [[key, value] as const];
    throw new StackError(
      `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
    );
  });
  return Object.fromEntries(entries);
}
