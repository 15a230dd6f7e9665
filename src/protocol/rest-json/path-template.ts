/** A part of a template between two slashes. A greedy label takes any number of parts. */
export type TemplateSegment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "label" | "greedy"; readonly name: string };

/** `/functions/{FunctionName}/policy?Qualifier`, taken apart. */
export interface PathTemplate {
  readonly segments: readonly TemplateSegment[];
  /** What has to be in the query string; any value will do where none is given. */
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
}

const templates = new Map<string, PathTemplate>();

/** The template a contract's path is; taken apart once, and there are as many as operations. */
export function pathTemplate(text: string): PathTemplate {
  let template = templates.get(text);
  if (template === undefined) {
    template = parse(text);
    templates.set(text, template);
  }
  return template;
}

function parse(text: string): PathTemplate {
  const [path = "", query] = text.split("?", 2);
  const segments = path.split("/").filter((segment) => segment !== "");
  const constants = query?.split("&") ?? [];
  return { segments: segments.map(segmentOf), query: constants.map(constantOf) };
}

function segmentOf(text: string): TemplateSegment {
  if (!text.startsWith("{")) return { kind: "literal", text };
  const name = text.slice(1, -1);
  return name.endsWith("+") ? { kind: "greedy", name: name.slice(0, -1) } : { kind: "label", name };
}

function constantOf(text: string): readonly [string, string | undefined] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** The parts of a request's path, still percent-encoded; a slash at its end makes a last one that is empty. */
export function pathSegments(path: string): readonly string[] {
  return path.slice(1).split("/");
}

/** What a path that fits the template has in place of each label, still percent-encoded. */
export function labelTexts({ segments }: PathTemplate, path: string): ReadonlyMap<string, string> {
  const given = pathSegments(path);
  const texts = new Map<string, string>();
  let at = 0;
  for (const [place, segment] of segments.entries()) {
    if (segment.kind === "literal") at++;
    else if (segment.kind === "label") texts.set(segment.name, given[at++] ?? "");
    else {
      const end = greedyEnd(given, segments.length - place - 1);
      texts.set(segment.name, given.slice(at, end).join("/"));
      at = end;
    }
  }
  return texts;
}

/** Where the parts of a greedy label end that so many parts follow. A slash at the end is the label's if none do. */
export function greedyEnd(given: readonly string[], following: number): number {
  const isSlashed = following > 0 && given.at(-1) === "";
  return given.length - following - (isSlashed ? 1 : 0);
}
