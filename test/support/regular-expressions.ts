import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyNode, type Expression, type Program, parse } from "acorn";
import { transformSync } from "esbuild";

/** A regular expression in a source, or a place that makes one of what is not known before it runs. */
export type FoundExpression =
  | { readonly file: string; readonly source: string; readonly flags: string }
  | { readonly file: string; readonly source: undefined };

/** The regular expressions in all TypeScript files of a folder: literals, and what `RegExp` and `pattern` are given. */
export function expressionsBelow(folder: string): readonly FoundExpression[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return files.flatMap((file) => expressionsIn(file, readFileSync(join(folder, file), "utf8")));
}

/** The regular expressions in a TypeScript text. */
export function expressionsIn(file: string, text: string): readonly FoundExpression[] {
  const { code } = transformSync(text, { loader: "ts", target: "esnext" });
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const found: FoundExpression[] = [];
  visit(program, (node) => {
    if (node.type === "Literal" && node.regex) {
      found.push({ file, source: node.regex.pattern, flags: node.regex.flags });
    }
    if ((node.type !== "NewExpression" && node.type !== "CallExpression") || node.callee.type !== "Identifier") return;
    const { name } = node.callee;
    if (name !== "RegExp" && name !== "pattern") return;
    const [source, flags] = node.arguments.map((argument) => textOf(argument as Expression, program));
    if (source === undefined) found.push({ file, source });
    else found.push({ file, source: name === "pattern" ? `^(?:${source})$` : source, flags: flags ?? "" });
  });
  return found;
}

function visit(node: AnyNode, look: (node: AnyNode) => void): void {
  look(node);
  for (const child of Object.values(node).flat()) {
    if (child !== null && typeof child === "object" && "type" in child) visit(child as AnyNode, look);
  }
}

/** The text of a literal, of a template, or of a constant of the file; undefined when it is not known. */
function textOf(node: Expression, program: Program): string | undefined {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : undefined;
    case "Identifier": {
      const declared = program.body
        .flatMap((statement) => (statement.type === "VariableDeclaration" ? statement.declarations : []))
        .find(({ id }) => id.type === "Identifier" && id.name === node.name);
      return declared?.init ? textOf(declared.init, program) : undefined;
    }
    case "TemplateLiteral": {
      const inserted = node.expressions.map((expression) => textOf(expression, program));
      if (inserted.includes(undefined)) return undefined;
      return node.quasis.map(({ value }, index) => `${value.cooked}${inserted[index] ?? ""}`).join("");
    }
    default:
      return undefined;
  }
}
