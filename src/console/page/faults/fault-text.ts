import { numberText } from "../../part/words.ts";

/** A fault as the control routes tell of it, as far as a text takes it. */
interface Told {
  readonly effect: { readonly type: string };
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  readonly resource?: string | undefined;
  readonly nth?: number | undefined;
  readonly every?: number | undefined;
  readonly probability?: number | undefined;
  readonly times?: number | undefined;
}

/** How often a fault happened, and could have. */
interface Tally {
  readonly matched: number;
  readonly fired: number;
}

/** What a fault does and when: `throttle on SendMessage of jobs, 3 times at most`. */
export function faultText({ effect, service, operation, resource, nth, every, probability, times }: Told): string {
  const about = [operation ?? service ?? "everything", ...(resource === undefined ? [] : [`of ${resource}`])].join(" ");
  const when = [
    ...(nth === undefined ? [] : [`on occasion ${nth}`]),
    ...(every === undefined ? [] : [`on one occasion in ${every}`]),
    ...(probability === undefined ? [] : [`with a probability of ${probability}`]),
    ...(times === undefined ? [] : [`${timesText(times)} at most`]),
  ];
  return [`${effect.type} on ${about}`, ...when].join(", ");
}

/** How often a fault happened, of the occasions on which it could have. */
export function happenedText({ fired, matched }: Tally): string {
  if (matched === 0) return "There was no occasion yet";
  return `Happened ${timesText(fired)}, of ${numberText(matched)} it could have`;
}

function timesText(times: number): string {
  return times === 1 ? "once" : `${numberText(times)} times`;
}
