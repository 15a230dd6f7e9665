import { useMemo } from "preact/hooks";
import { numberText } from "../../../part/words.ts";
import type { World } from "../world.ts";
import { flow, SHOWN_MS, useFlow } from "./flow.ts";
import { graphOf } from "./graph.ts";
import { laidOut, nodeSize, type PlacedEdge, type PlacedNode } from "./layout.ts";

/** What there is and what leads from one to the other, with what goes on at the moment. */
export function WorldMap({ world }: { readonly world: World }) {
  useFlow();
  const graph = graphOf(world);
  // Where things lie changes with what there is, not with what they hold.
  const shape = JSON.stringify([graph.nodes.map(({ id }) => id), graph.edges.map(({ from, to }) => [from, to])]);
  const layout = useMemo(() => laidOut(graph), [shape]);
  const fresh = new Map(graph.nodes.map((node) => [node.id, node]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section class="map-scroller" tabIndex={0} aria-label="Map of what there is">
      <svg class="map" width={layout.width} height={layout.height}>
        <title>Topics, queues, streams and functions</title>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="10"
            markerHeight="10"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" class="arrow" />
          </marker>
        </defs>
        {layout.edges.map((edge, at) => (
          <Edge key={at} edge={{ ...edge, ...graph.edges[at] }} />
        ))}
        {layout.nodes.map((node) => (
          <Node key={node.id} node={{ ...node, ...fresh.get(node.id) }} />
        ))}
      </svg>
    </section>
  );
}

function Edge({ edge }: { readonly edge: PlacedEdge }) {
  const count = flow.value.get(edge.flowKey) ?? 0;
  return (
    <g class={count > 0 ? `edge ${edge.kind} flowing` : `edge ${edge.kind}`}>
      <path d={edge.path} marker-end="url(#arrow)">
        <title>{count > 0 ? `${edge.label} (${count} lately)` : edge.label}</title>
      </path>
      {count > 0 && (
        <text x={edge.middle.x} y={edge.middle.y - 5} class="edge-rate">
          {rateText(count)}
        </text>
      )}
    </g>
  );
}

/** How often something happened, a second. */
function rateText(count: number): string {
  const rate = (count * 1000) / SHOWN_MS;
  return `${rate < 10 ? rate.toFixed(1) : numberText(Math.round(rate))}/s`;
}

function Node({ node }: { readonly node: PlacedNode }) {
  const isActive = (flow.value.get(node.id) ?? 0) > 0;
  const { width, height } = nodeSize;
  const content = (
    <g class={isActive ? `node ${node.kind} active` : `node ${node.kind}`} transform={`translate(${node.x} ${node.y})`}>
      <title>{`${node.name}: ${node.note}`}</title>
      <rect width={width} height={height} rx="6" />
      <text x="10" y="20" class="node-name">
        {shortened(node.name, 22)}
      </text>
      <text x="10" y="37" class="node-note">
        {shortened(node.note, 26)}
      </text>
    </g>
  );
  return node.href === undefined ? content : <a href={node.href}>{content}</a>;
}

/** As much of a text as a node has room for. */
function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most / 2)}…${text.slice(-(most / 2 - 1))}` : text;
}
