import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";

/** A line of a plot, by the name of the colour in the style sheet that it has. */
interface Line {
  readonly title: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
}

interface PlotProps {
  /** What is plotted, for those who cannot see it. */
  readonly label: string;
  /** Epoch milliseconds, in ascending order. */
  readonly instants: readonly number[];
  readonly lines: readonly Line[];
  readonly height?: number;
}

/** Values over time. */
export function Plot({ label, instants, lines, height = 140 }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const shape = lines.map(({ title, color }) => `${title} ${color}`).join();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const made = new UPlot(optionsFor(element, lines, height), [[], ...lines.map(() => [])], element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [shape, height]);
  useEffect(() => {
    plot.current?.setData([instants.map((instant) => instant / 1000), ...lines.map(({ values }) => [...values])]);
  });
  return <div class="plot" ref={frame} role="img" aria-label={label} />;
}

function optionsFor(element: HTMLElement, lines: readonly Line[], height: number): UPlot.Options {
  const line = colorOf(element, "--line");
  const axis = { stroke: colorOf(element, "--faint"), grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height,
    legend: { live: false },
    cursor: { drag: { x: false, y: false } },
    axes: [axis, { ...axis, size: 56 }],
    series: [{}, ...lines.map(({ title, color }) => ({ label: title, stroke: colorOf(element, color), width: 2 }))],
  };
}

/** What a colour of the style sheet comes to, by light or dark: a canvas does not know such names. */
function colorOf(element: HTMLElement, name: string): string {
  const probe = element.appendChild(document.createElement("span"));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
