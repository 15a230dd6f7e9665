/** What a setting's values are, and how they are read. */
export interface SettingType<T> {
  /** What a value has to be, as a sentence about it ends: `must be …`. */
  readonly expects: string;
  /** `switch`: the flag alone means `true`. `list`: the flag can be given more than once. */
  readonly flag?: "switch" | "list";
  /** What it is in a configuration file, as JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether a value has a password in it, and is not to be told to anybody. */
  readonly isSecret?: true;
  /** The value, or undefined when the text is none. */
  read(text: string): T | undefined;
}

export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): SettingType<number> {
  const isOne = (value: number) => Number.isSafeInteger(value) && value >= min && value <= max;
  return {
    expects: max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min} on` : `a whole number from ${min} to ${max}`,
    schema: { type: "integer", minimum: min, ...(max === Number.MAX_SAFE_INTEGER ? {} : { maximum: max }) },
    read: (text) => (/^\d{1,16}$/.test(text) && isOne(Number(text)) ? Number(text) : undefined),
  };
}

export function oneOf<const T extends string>(values: readonly T[]): SettingType<T> {
  return {
    expects: `one of ${values.join(", ")}`,
    schema: { enum: values },
    read: (text) => values.find((value) => value === text),
  };
}

/** A text of which that is true. */
export function textThat(isGood: (text: string) => boolean, expects: string): SettingType<string> {
  return { expects, schema: { type: ["string", "integer"] }, read: (text) => (isGood(text) ? text : undefined) };
}

/** A PostgreSQL database, with the password in it. */
export function databaseUrl(): SettingType<string> {
  const isOne = (text: string) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
  return { ...textThat(isOne, "a URL such as postgres://user:password@host/database"), isSecret: true };
}

/** Names, or whatever else has that form, separated by commas. */
export function listOf(form: RegExp, expects: string): SettingType<readonly string[]> {
  return {
    expects,
    flag: "list",
    schema: { type: "array", items: { type: "string" } },
    read(text) {
      const items = text.split(",").map((item) => item.trim());
      return items.every((item) => form.test(item)) ? items : undefined;
    },
  };
}

export function filledText(expects: string): SettingType<string> {
  return textThat((text) => text.trim() !== "", expects);
}

export function trueOrFalse(): SettingType<boolean> {
  return {
    expects: "true or false",
    flag: "switch",
    schema: { type: "boolean" },
    read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  };
}

/** One thing that can be chosen: by flag, by environment variable or by option of `createEmulator`. */
export interface Setting<T> extends SettingType<T>, Row {
  /** The value unless one is given. */
  readonly fallback: T;
}

/** What is said of a setting beside its values. */
interface Row {
  readonly help: string;
  /** What it is about; settings are listed by it. */
  readonly group: string;
}

export function setting<T>(type: SettingType<T>, row: { readonly fallback: NoInfer<T> } & Row): Setting<T> {
  return { ...type, ...row };
}

/** A setting that stays open unless somebody chooses. */
export function openSetting<T>(type: SettingType<T>, row: Row): Setting<T | undefined> {
  return { ...type, ...row, fallback: undefined };
}
