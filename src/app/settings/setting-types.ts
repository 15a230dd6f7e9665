/** What a setting's values are, and how they are read. */
export interface SettingType<T> {
  /** What a value has to be, as a sentence about it ends: `must be …`. */
  readonly expects: string;
  /** `switch`: the flag alone means `true`. `list`: the flag can be given more than once. */
  readonly flag?: "switch" | "list";
  /** The value, or undefined when the text is none. */
  read(text: string): T | undefined;
}

export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): SettingType<number> {
  const isOne = (value: number) => Number.isSafeInteger(value) && value >= min && value <= max;
  return {
    expects: max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min} on` : `a whole number from ${min} to ${max}`,
    read: (text) => (/^\d{1,16}$/.test(text) && isOne(Number(text)) ? Number(text) : undefined),
  };
}

export function oneOf<const T extends string>(values: readonly T[]): SettingType<T> {
  return { expects: `one of ${values.join(", ")}`, read: (text) => values.find((value) => value === text) };
}

/** A text of which that is true. */
export function textThat(isGood: (text: string) => boolean, expects: string): SettingType<string> {
  return { expects, read: (text) => (isGood(text) ? text : undefined) };
}

export function filledText(expects: string): SettingType<string> {
  return textThat((text) => text.trim() !== "", expects);
}

/** What a link starts with, `{region}` standing for a region. */
export function linkBase(expects: string): SettingType<string> {
  return textThat((text) => {
    const link = text.replaceAll("{region}", "us-east-1");
    return /^https?:\/\/[^?#\s{}]+$/.test(link) && URL.canParse(link);
  }, expects);
}

export function trueOrFalse(): SettingType<boolean> {
  return {
    expects: "true or false",
    flag: "switch",
    read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  };
}

/** `arn=url,arn=url`: URLs by function ARN. */
export function functionUrls(): SettingType<Readonly<Record<string, string>>> {
  return {
    expects: "a function's ARN, an equals sign and a URL, more of them separated by commas",
    flag: "list",
    read: readFunctionUrls,
  };
}

function readFunctionUrls(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.trim().split(/[\s,]+(?=arn:)/);
  const urls: Record<string, string> = {};
  for (const pair of pairs) {
    const [, arn = "", url = ""] =
      /^(arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w:$-]+)=(https?:\/\/\S+)$/.exec(pair) ?? [];
    if (!URL.canParse(url)) return undefined;
    urls[arn] = url;
  }
  return Object.freeze(urls);
}
