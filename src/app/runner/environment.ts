type Variables = Readonly<Record<string, string>>;

/**
 * Has every client in this process, and in those that it starts from now on, see these variables. The function returned has
 * them as they were.
 */
export function setEnvironment(variables: Variables): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
