import { isList, isMap, textOf, type Value } from "../value.ts";
import { rewritten } from "./walk.ts";

/**
 * A value in which `Ref` and `Fn::GetAtt` name what their functions say, as the language extensions let them. What is no text stays, to
 * be refused later. Throws what evaluating throws.
 */
export function withNames(value: Value, evaluated: (name: Value) => Value): Value {
  const named = (name: Value): string | undefined => (isMap(name) ? textOf(evaluated(name)) : undefined);
  return rewritten(value, (map) => {
    if (Object.keys(map).length !== 1) return undefined;
    const { Ref, "Fn::GetAtt": address } = map;
    if (Ref !== undefined) {
      const name = named(Ref);
      return name === undefined ? undefined : { Ref: name };
    }
    const [id, ...attribute] = isList(address) ? address : [];
    const name = id === undefined ? undefined : named(id);
    return name === undefined ? undefined : { "Fn::GetAtt": [name, ...attribute] };
  });
}
