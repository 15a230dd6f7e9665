/** Makes a value with the first call, and has it ever after. A load that failed is tried again with the next call. */
export function lazily<T>(load: () => T): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => {
    if (loaded !== undefined) return loaded.value;
    const value = load();
    const held = { value };
    loaded = held;
    if (value instanceof Promise) {
      value.catch(() => {
        if (loaded === held) loaded = undefined;
      });
    }
    return value;
  };
}
