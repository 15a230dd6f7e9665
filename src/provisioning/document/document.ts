import { inOneGo, inTurns, type Steps } from "../../kernel/time/in-turns.ts";
import { DocumentError, Part, type Path } from "./part.ts";
import { type YamlDocument, yamlSteps } from "./yaml.ts";

/** What a file holds, and where. */
interface SourceDocument {
  /** What the document goes by in messages: its file. */
  readonly name: string;
  readonly root: Part;
  /** `waystation.yaml:12:5` */
  placeOf(path: Path): string;
}

/** Characters of the longest document. */
export const LONGEST_DOCUMENT = 1024 * 1024;

/** Reads JSON or YAML. Throws DocumentError, whose message names file, line and column. */
export function readDocument(name: string, text: string): SourceDocument {
  return inOneGo(documentSteps(name, text));
}

/** The same; where it takes long, others have their turn by `pause`. */
export function readDocumentInTurns(name: string, text: string, pause: () => Promise<void>): Promise<SourceDocument> {
  return inTurns(documentSteps(name, text), pause);
}

function* documentSteps(name: string, text: string): Steps<SourceDocument> {
  if (text.length > LONGEST_DOCUMENT) {
    throw new DocumentError(`${name}: there can be ${LONGEST_DOCUMENT} characters, and there are ${text.length}`, []);
  }
  // YAML takes as long as a start does, so of JSON only places are asked of it, when something is wrong there.
  const json = text.trimStart().startsWith("{") ? parsedJson(text) : undefined;
  let yaml = json === undefined ? yield* namedSteps(name, text) : undefined;
  return {
    name,
    root: new Part(yaml === undefined ? json : yaml.value),
    placeOf(path) {
      yaml ??= inOneGo(namedSteps(name, text));
      const { line, column } = yaml.placeOf(path);
      return `${name}:${line}:${column}`;
    },
  };
}

/** Does what may find that a document cannot be used, and says where: `waystation.yaml:12:5: …`. */
export function inDocument<T>(document: Pick<SourceDocument, "placeOf">, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    throw new DocumentError(`${document.placeOf(cause.path)}: ${cause.message}`, cause.path);
  }
}

function* namedSteps(name: string, text: string): Steps<YamlDocument> {
  try {
    return yield* yamlSteps(text);
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    throw new DocumentError(`${name}:${cause.message}`, cause.path);
  }
}

/** Undefined when it is none, or says something twice, which shows when it is read as YAML. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
