/** What a value is, in JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** What follows a schema, as far as routes make use of JSON Schema. Types of the package say it, so it is no package's. */
export type SchemaType<S> = S extends { readonly const: infer Value }
  ? Value
  : S extends { readonly enum: readonly (infer Value)[] }
    ? Value
    : S extends { readonly type: readonly (infer Name)[] }
      ? Name extends string
        ? TypeNamed<Name, Omit<S, "type">>
        : never
      : S extends { readonly type: infer Name extends string }
        ? TypeNamed<Name, S>
        : unknown;

type TypeNamed<Name extends string, S> = Name extends "string"
  ? string
  : Name extends "number" | "integer"
    ? number
    : Name extends "boolean"
      ? boolean
      : Name extends "array"
        ? readonly (S extends { readonly items: infer Item } ? SchemaType<Item> : unknown)[]
        : S extends { readonly properties: infer Members }
          ? Shown<Members, S extends { readonly required: readonly (infer Name)[] } ? Name : never>
          : S extends { readonly additionalProperties: infer Value extends Schema }
            ? Readonly<Record<string, SchemaType<Value>>>
            : object;

type Shown<Members, Required> = Flat<
  { readonly [Name in keyof Members as Name extends Required ? Name : never]: SchemaType<Members[Name]> } & {
    readonly [Name in keyof Members as Name extends Required ? never : Name]?: SchemaType<Members[Name]>;
  }
>;

type Flat<T> = { readonly [Name in keyof T]: T[Name] };
