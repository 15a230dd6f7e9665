import { readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { isJsonObject, type JsonObject, parseJsonObject } from "../../kernel/json/json-object.ts";
import { UsageError } from "../settings/config.ts";

/** A template that is to be a stack. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
  readonly stackName: string;
  /** Values that come with it. */
  readonly parameters: Readonly<Record<string, string>>;
}

const MANIFEST = "manifest.json";
const LONGEST_NAME = 128;

/** The template in a file, or those of a folder that `cdk synth` has written, each behind those it depends on. Throws UsageError. */
export async function templateFiles(path: string): Promise<readonly TemplateFile[]> {
  const isFolder = (await readable(path, stat)).isDirectory();
  if (isFolder) return synthesised(path);
  return [{ path, text: await textOf(path), stackName: nameOf(path), parameters: {} }];
}

async function synthesised(folder: string): Promise<readonly TemplateFile[]> {
  const manifest = parseJsonObject(await textOf(join(folder, MANIFEST)));
  const artifacts = manifest?.artifacts;
  if (!isJsonObject(artifacts)) throw new UsageError(`${join(folder, MANIFEST)} is not what cdk synth writes`);
  const stacks = inOrder(artifacts).filter(([, artifact]) => artifact.type === "aws:cloudformation:stack");
  return Promise.all(
    stacks.map(async ([id, { properties, displayName }]) => {
      const { templateFile, stackName = displayName ?? id, parameters } = isJsonObject(properties) ? properties : {};
      const path = join(folder, String(templateFile));
      return { path, text: await textOf(path), stackName: String(stackName), parameters: textsOf(parameters) };
    }),
  );
}

/** Artifacts by id, each behind those it depends on. */
function inOrder(artifacts: JsonObject): readonly (readonly [string, JsonObject])[] {
  const ordered = new Map<string, JsonObject>();
  const visited = new Set<string>();
  const visit = (id: string): void => {
    const artifact = artifacts[id];
    if (visited.has(id) || !isJsonObject(artifact)) return;
    visited.add(id);
    for (const needed of Array.isArray(artifact.dependencies) ? artifact.dependencies : []) visit(String(needed));
    ordered.set(id, artifact);
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return [...ordered];
}

function textsOf(parameters: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(parameters)) return {};
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)]));
}

/** `orders.template.yaml` is the stack `orders-template`. */
function nameOf(path: string): string {
  const name = basename(path, extname(path))
    .replace(/[^a-zA-Z0-9]+/g, "-")
    .replace(/^[^a-zA-Z]+|-+$/g, "");
  return name === "" ? "stack" : name.slice(0, LONGEST_NAME);
}

function textOf(path: string): Promise<string> {
  return readable(path, (file) => readFile(file, "utf8"));
}

async function readable<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (cause) {
    throw new UsageError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
