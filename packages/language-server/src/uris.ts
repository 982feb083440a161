/** URIs of files in one spelling: clients write `c:` and `c%3A`, a space and `%20`. */

/** The same URI with its authority and each part of its path encoded alike. */
export function canonical(uri: string): string {
  const [, head = "", path = ""] = /^([a-z][a-z\d+.-]*:(?:\/\/[^/?#]*)?)([^?#]*)/is.exec(uri) ?? [];
  if (head === "" || !path.includes("/")) return uri;
  const encoded = path.split("/").map((part) => encodeURIComponent(decoded(part)));
  if (/^[a-z]%3a$/i.test(encoded[1] ?? "")) encoded[1] = encoded[1]?.toLowerCase().replace("%3a", "%3A") ?? "";
  return headOf(head) + encoded.join("/");
}

/** `wsl%2Bubuntu` and `wsl+ubuntu` are one authority; the colon before a port stays. */
function headOf(head: string): string {
  const [, scheme = "", authority = ""] = /^([^/]*\/\/)(.*)$/s.exec(head) ?? [];
  if (authority === "") return head;
  return scheme + encodeURIComponent(decoded(authority)).replace(/%3A(?=\d+$)/, ":");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Of a file below a folder or, with `..`, beside it. Both URIs are canonical, the folder's without a slash at its end. */
export function relativePath(folder: string, uri: string): string {
  if (folder === "") return decoded(uri);
  const from = folder.split("/");
  const to = uri.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same).map(decoded)].join("/");
}

/** The other way round. */
export function uriIn(folder: string, path: string): string {
  // What was never saved may have no folder: `untitled:Untitled-1`.
  if (folder === "") return path;
  const parts = folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(encodeURIComponent(part));
  }
  return parts.join("/");
}

/** The folder of a file. */
export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf("/")));
}

/** The last part of the path, decoded. */
export function nameOf(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf("/") + 1));
}

/** As the server's file systems name it. */
export function pathOfUri(uri: string): string {
  return canonical(uri).split("/").map(decoded).join("/");
}

/** The other way round. */
export function uriOfPath(path: string): string {
  if (!path.includes("/")) return path;
  const [, head = "", rest = ""] = /^([a-z][a-z\d+.-]*:(?:\/\/[^/]*)?)?(.*)$/is.exec(path) ?? [];
  return canonical(head + rest.split("/").map(encodeURIComponent).join("/"));
}
