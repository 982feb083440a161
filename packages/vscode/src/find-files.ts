/** Files of the workspace, wherever it lies: in a browser there may be nobody yet who searches it. */
import { FileType, Uri, workspace } from "vscode";

const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", "dist", "build", "coverage"]);

/** URIs of what a pattern finds; where that is nothing, of all that `parley` may read. */
export async function findFiles(pattern: string): Promise<readonly string[]> {
  const found = await workspace.findFiles(pattern, "**/node_modules/**");
  const all = found.length > 0 ? found : await walk((workspace.workspaceFolders ?? []).map(({ uri }) => uri));
  return all.map((uri) => uri.toString());
}

async function walk(folders: readonly Uri[]): Promise<readonly Uri[]> {
  const found = await Promise.all(folders.map(filesIn));
  return found.flat();
}

async function filesIn(folder: Uri): Promise<readonly Uri[]> {
  const entries = await entriesOf(folder);
  const files = entries.filter(([name, type]) => (type & FileType.File) !== 0 && /\.(?:flow|ya?ml|json)$/.test(name));
  const inner = entries.filter(
    ([name, type]) => (type & FileType.Directory) !== 0 && !name.startsWith(".") && !LEFT_OUT.has(name),
  );
  const below = await walk(inner.map(([name]) => Uri.joinPath(folder, name)));
  return [...files.map(([name]) => Uri.joinPath(folder, name)), ...below];
}

/** A folder that cannot be read holds nothing. */
async function entriesOf(folder: Uri): Promise<readonly (readonly [string, FileType])[]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
