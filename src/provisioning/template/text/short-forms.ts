import { isList, mapOf, textOf, type Value } from "../value.ts";

/** What `!Name` stands for, where that is not `Fn::Name`. */
const PLAIN_NAMES = ["Ref", "Condition"];

/** The functions that have a short form in YAML. */
const SHORT_FORMS = [
  ...PLAIN_NAMES,
  ...["And", "Base64", "Cidr", "Equals", "FindInMap", "GetAZs", "GetAtt", "If", "ImportValue", "Join", "Length"],
  ...["Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform"],
  ...["Contains", "EachMemberEquals", "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll"],
];

/** The long name of each short form, by its tag. */
const LONG_NAMES: ReadonlyMap<string, string> = new Map(
  SHORT_FORMS.map((name) => [`!${name}`, PLAIN_NAMES.includes(name) ? name : `Fn::${name}`]),
);

/** The tags of all short forms. */
export const SHORT_TAGS: readonly string[] = [...LONG_NAMES.keys()];

/** The long form of a tagged value; undefined when the tag is none of CloudFormation's. */
export function longForm(tag: string, value: Value): Value | undefined {
  const name = LONG_NAMES.get(tag);
  if (name === undefined) return undefined;
  return mapOf([[name, name === "Fn::GetAtt" ? attributeAddress(value) : value]]);
}

/** AWS: `A.B.C` is the attribute `B.C` of `A`. */
export function attributeAddress(value: Value): Value {
  const text = isList(value) ? undefined : textOf(value);
  const dot = text?.indexOf(".") ?? -1;
  return text === undefined || dot < 0 ? value : [text.slice(0, dot), text.slice(dot + 1)];
}
