import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Import {
  /** As written. */
  specifier: string;
  /** The file of this repository that it means, from the root; null for a package. */
  file: string | null;
  /** Only types cross: nothing of it is there when the program runs. */
  typesOnly: boolean;
}

export interface SourceFile {
  /** From the repository's root, with slashes. */
  path: string;
  text: string;
  lines: number;
  imports: Import[];
}

/** Every source file under these folders, with what each imports. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) => walk(join(root, folder))).map(read);
}

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.(ts|tsx|mjs|js)$/.test(entry.name) ? [path] : [];
  });
}

function read(path: string): SourceFile {
  const text = readFileSync(path, "utf8");
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const imports: Import[] = [];
  const add = (specifier: string, typesOnly: boolean): void => {
    imports.push({ specifier, file: meant(path, specifier), typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.isTypeOnly ?? false);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target && ts.isStringLiteral(target)) add(target.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return { path: relative(root, path), text, lines: text.split("\n").length - 1, imports };
}

function meant(from: string, specifier: string): string | null {
  const bare = specifier.split("?", 1)[0] as string;
  const base = bare.startsWith("~/")
    ? join(root, "app", bare.slice(2))
    : bare.startsWith(".")
      ? resolve(dirname(from), bare)
      : null;
  if (base === null) return null;
  const ways = ["", ".ts", ".tsx", ".mjs", ".js", "/index.ts", "/index.tsx"].map((end) => base + end);
  const found = ways.find((way) => existsSync(way) && statSync(way).isFile());
  return relative(root, found ?? base);
}
