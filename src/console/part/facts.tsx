import type { ComponentChildren } from "preact";
import { now } from "../state/time.ts";
import { distanceText, parseInstant, timeText } from "./words.ts";

/** A fact of a list of facts, `<dl class="facts">`. */
export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A fact that is a text as machines write it; none where there is no text. */
export function TextFact({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <Fact name={name}>
      <span class="mono">{text}</span>
    </Fact>
  );
}

/** A fact that is an instant, with how far away it is by the account's time; none where there is no instant. */
export function InstantFact({ name, at }: { readonly name: string; readonly at: string | undefined }) {
  if (at === undefined) return null;
  const instant = parseInstant(at);
  return (
    <Fact name={name}>
      {timeText(instant)} <span class="faint">{distanceText(instant, now.value)}</span>
    </Fact>
  );
}
