import { AwsError } from "../../../kernel/aws-error.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Operate } from "../../../provisioning/operate.ts";

/** What Parameter Store holds, for parameters that name it and for dynamic references. */
export class StoredValues {
  readonly #operate: Operate;
  readonly #scope: Scope;

  constructor(operate: Operate, scope: Scope) {
    this.#operate = operate;
    this.#scope = scope;
  }

  /** The value under a name, with a version behind a colon perhaps. */
  readonly value = async (Name: string): Promise<string | undefined> => {
    try {
      const { Parameter } = (await this.#operate(
        "ssm",
        "GetParameter",
        { Name, WithDecryption: true },
        this.#scope,
      )) as {
        readonly Parameter: { readonly Value: string };
      };
      return Parameter.Value;
    } catch (cause) {
      if (cause instanceof AwsError) return undefined;
      throw cause;
    }
  };

  /** What `{{resolve:…}}` stands for. GAP: there is no Secrets Manager. */
  readonly dynamicValue = async (reference: string): Promise<string | undefined> => {
    const [store = "", ...name] = reference.split(":");
    return store === "ssm" || store === "ssm-secure" ? this.value(name.join(":")) : undefined;
  };
}
