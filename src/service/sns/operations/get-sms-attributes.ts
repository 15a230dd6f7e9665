import { list, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { stringMap } from "../shapes.ts";

/** Shows the settings for text messages: those asked for, or all that are set. API_GetSMSAttributes. */
export const getSmsAttributes = snsOperation({
  name: "GetSMSAttributes",
  input: structure({ attributes: list(string()) }),
  output: structure({ attributes: stringMap }),
  errors: [...anyCallErrors, Throttled],
  handle({ call, sms }, { attributes: names = [] }) {
    const entries = Object.entries(sms.in(call.scope).attributes);
    const wanted = entries.filter(([name]) => names.length === 0 || names.includes(name));
    return { attributes: Object.fromEntries(wanted) };
  },
});
