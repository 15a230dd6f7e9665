import { Graph as DagreGraph, layout } from "@dagrejs/dagre";
import type { MapEdge, MapNode } from "./elements.ts";
import type { Graph } from "./graph.ts";

const NODE = { width: 190, height: 48 } as const;

/** A node with its upper left corner. */
export interface PlacedNode extends MapNode {
  readonly x: number;
  readonly y: number;
}

/** An edge with the line that it is drawn as. */
export interface PlacedEdge extends MapEdge {
  readonly path: string;
  /** Where there is room for a text: half the way. */
  readonly middle: Point;
}

/** Where everything on the map lies, in pixels. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const nodeSize = NODE;

/** Lays a graph out from left to right, so that messages go that way. */
export function laidOut({ nodes, edges }: Graph): Layout {
  const graph = new DagreGraph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 70, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...NODE });
  edges.forEach(({ from, to }, at) => {
    graph.setEdge(from, to, {}, String(at));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = graph.node(node.id) as { readonly x: number; readonly y: number };
      return { ...node, x: x - NODE.width / 2, y: y - NODE.height / 2 };
    }),
    edges: edges.map((edge, at) => {
      const placed = graph.edge(edge.from, edge.to, String(at)) as { readonly points?: readonly Point[] } | undefined;
      const points = placed?.points ?? [];
      return { ...edge, path: curved(points), middle: points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 } };
    }),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A smooth line through points: straight to the first middle, then curves from middle to middle. */
function curved([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return "";
  const parts = [`M${first.x} ${first.y}`];
  rest.forEach((point, at) => {
    const next = rest[at + 1];
    if (next === undefined) parts.push(`L${point.x} ${point.y}`);
    else parts.push(`Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`);
  });
  return parts.join("");
}
