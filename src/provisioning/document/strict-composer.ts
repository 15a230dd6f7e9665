type Yaml = typeof import("yaml");
type Composer = import("yaml").Composer;
type Options = NonNullable<ConstructorParameters<Yaml["Composer"]>[0]>;
/** What the package says is wrong: an offset, the two between which it is, or something that has one. */
type Source = number | readonly [number, number] | { readonly offset: number };

/**
 * Composes documents of tokens and throws a failure at the first thing that is wrong with them. By itself the package goes on, and makes an error with
 * its stack of each of what may be hundreds of thousands, of which nobody looks at more than one.
 */
export function strictComposer(
  yaml: Yaml,
  options: Options,
  failure: (message: string, offset: number) => Error,
): Composer {
  let first: Error | undefined;
  const onError = (source: Source, _code: string, message: string, isWarning?: boolean): void => {
    if (isWarning === true) return;
    // What is thrown in a node is caught on each level around it, and told of once more.
    first ??= failure(message, offsetOf(source));
    throw first;
  };
  return Object.assign(new yaml.Composer(options), { onError });
}

function offsetOf(source: Source): number {
  if (typeof source === "number") return source;
  return "offset" in source ? source.offset : source[0];
}
