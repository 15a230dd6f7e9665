import type { Invocation } from "../../api/control.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { counted } from "../../part/words.ts";

const CAUSES = { client: "a client", event: "an event", mapping: "a batch" } as const;

/** Who made an invocation, or what it was made for. */
export function Cause({ invocation: { cause, source, messageIds } }: { readonly invocation: Invocation }) {
  return (
    <>
      {cause === "mapping" && messageIds !== undefined ? counted(messageIds.length, "message") : CAUSES[cause]}
      {source !== undefined && (
        <>
          {" "}
          of <ResourceLink arn={source} />
        </>
      )}
    </>
  );
}
