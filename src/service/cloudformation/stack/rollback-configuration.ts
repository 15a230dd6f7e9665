import type { RollbackSettings, StackSettings } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import { parseArn } from "../../../kernel/arn.ts";

/** Which alarms are to have a stack be rolled back. API_RollbackConfiguration. */
export interface RollbackConfiguration {
  readonly RollbackTriggers?: readonly { readonly Arn: string; readonly Type: string }[] | undefined;
  readonly MonitoringTimeInMinutes?: number | undefined;
}

const ALARMS = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"];

/** What a stack keeps of it; undefined when it was not said. Throws StackError for what is no alarm. */
export function rollbackOf(given: RollbackConfiguration | undefined): RollbackSettings | undefined {
  if (given === undefined) return undefined;
  const { RollbackTriggers: triggers, MonitoringTimeInMinutes: monitoringMinutes } = given;
  for (const { Arn, Type } of triggers ?? []) {
    if (!ALARMS.includes(Type)) throw new StackError("Rollback Trigger Type not supported");
    if (!parseArn(Arn)?.resource.startsWith("alarm:")) {
      throw new StackError("RelativeId of a Rollback Trigger's ARN is incorrect");
    }
  }
  return {
    ...(triggers !== undefined && { triggers: triggers.map(({ Arn: arn, Type: type }) => ({ arn, type })) }),
    ...(monitoringMinutes !== undefined && { monitoringMinutes }),
  };
}

/** It as answers show it. */
export function rollbackView({ rollback = {} }: StackSettings) {
  return {
    RollbackTriggers: rollback.triggers?.map(({ arn: Arn, type: Type }) => ({ Arn, Type })),
    MonitoringTimeInMinutes: rollback.monitoringMinutes,
  };
}
