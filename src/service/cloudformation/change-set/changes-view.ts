import type { PlainMap } from "../../../engine/stack/stack.ts";
import { shownValue } from "../../../provisioning/template/plan/changes.ts";
import { changesOf, type Plan } from "../../../provisioning/template/plan/plan.ts";
import { type Detail, policyActionOf, type Step } from "../../../provisioning/template/plan/step.ts";

/** What a plan does, as DescribeChangeSet shows it when property values are asked for. */
export function changeViews(plan: Plan): readonly PlainMap[] {
  return changesOf(plan).map((step) => ({ Type: "Resource", ResourceChange: resourceChange(step) }));
}

function resourceChange(step: Step): PlainMap {
  const { action: Action, logicalId: LogicalResourceId, type: ResourceType } = step;
  const policyAction = policyActionOf(step);
  return {
    ...(policyAction !== undefined && { PolicyAction: policyAction }),
    ...{ Action, LogicalResourceId, ResourceType },
    ...(step.action !== "Add" && { PhysicalResourceId: step.before.physicalId }),
    ...(step.action === "Modify" && { Replacement: step.replacement }),
    Scope: step.action === "Modify" ? step.scope : [],
    Details: step.action === "Modify" ? step.details.map(detailView) : [],
    ...(step.action !== "Add" && { BeforeContext: contextText(step.before.properties) }),
    ...(step.action !== "Remove" && { AfterContext: contextText(shownValue(step.after.properties)) }),
  };
}

function contextText(Properties: unknown): string {
  return JSON.stringify({ Properties });
}

function detailView({
  part,
  name,
  requiresRecreation,
  evaluation,
  source,
  causingEntity,
  before,
  after,
}: Detail): PlainMap {
  return {
    Target: {
      Attribute: part,
      ...(name !== undefined && { Name: name, Path: `/Properties/${name}` }),
      RequiresRecreation: requiresRecreation,
      ...(before !== undefined && { BeforeValue: valueText(before) }),
      ...(after !== undefined && { AfterValue: valueText(after) }),
      ...(name !== undefined && { AttributeChangeType: changeType(before, after) }),
    },
    Evaluation: evaluation,
    ChangeSource: source,
    ...(causingEntity !== undefined && { CausingEntity: causingEntity }),
  };
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function changeType(before: unknown, after: unknown): string {
  if (before === undefined) return "Add";
  return after === undefined ? "Remove" : "Modify";
}

const VALUES_OF_CHANGE = ["BeforeContext", "AfterContext"];
const VALUES_OF_TARGET = ["Path", "BeforeValue", "AfterValue", "AttributeChangeType"];

/** The same without the values of properties. */
export function withoutValues(view: PlainMap): PlainMap {
  const change = view.ResourceChange as PlainMap;
  const details = (change.Details as readonly PlainMap[]).map((detail) => ({
    ...detail,
    Target: without(detail.Target as PlainMap, VALUES_OF_TARGET),
  }));
  return { ...view, ResourceChange: { ...without(change, VALUES_OF_CHANGE), Details: details } };
}

function without(map: PlainMap, names: readonly string[]): PlainMap {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));
}
