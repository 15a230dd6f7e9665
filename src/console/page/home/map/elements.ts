type NodeKind = "topic" | "queue" | "dead-letter-queue" | "stream" | "consumer" | "function" | "endpoint";

/** Something on the map. */
export interface MapNode {
  /** Its ARN, or the address of what lies outside. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** What it holds, in a few words. */
  readonly note: string;
  readonly href: string | undefined;
}

/** What leads from one thing to another. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "subscription" | "dead-letters" | "reading";
  /** What is counted as going this way. */
  readonly flowKey: string;
  /** What is let through, or how many receives come first. */
  readonly label: string;
}
