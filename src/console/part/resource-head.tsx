import type { ComponentChildren } from "preact";
import { Copy } from "./copy.tsx";

interface ResourceHeadProps {
  readonly resource: { readonly name: string; readonly region: string; readonly arn: string };
  /** What else there is to copy. */
  readonly children?: ComponentChildren;
}

/** How the page of a resource begins: what it is called, where it is, and its ARN to take along. */
export function ResourceHead({ resource: { name, region, arn }, children }: ResourceHeadProps) {
  return (
    <div class="line spread">
      <h1>{name}</h1>
      <div class="line">
        <span class="faint">{region}</span>
        <Copy text={arn} label="Copy ARN" />
        {children}
      </div>
    </div>
  );
}
