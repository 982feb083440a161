/**
 * Which addresses the requests of HTTP actions may go to. What stands here needs no name service, so it holds at the edge
 * as well; what a name resolves to is looked at by the `fetch` of `@parley/runtime/node`.
 */

/** Hosts that may be reached although they are private, as `localhost` or `10.0.0.5`, with or without port; `true`: all. */
export type AllowPrivate = boolean | readonly string[];

/** Why a request may not go there; undefined where it may. */
export function refusal(url: URL, allow: AllowPrivate): string | undefined {
  if (url.protocol !== "http:" && url.protocol !== "https:") return "neither http nor https";
  if (url.username !== "" || url.password !== "") return "a name or password in the address";
  if (isAllowed(url, allow)) return undefined;
  return isPrivateHost(url.hostname) ? "a private address" : undefined;
}

export function isAllowed(url: Pick<URL, "host" | "hostname">, allow: AllowPrivate): boolean {
  if (typeof allow === "boolean") return allow;
  return allow.some((host) => [url.host, url.hostname, bare(url.hostname)].includes(host.toLowerCase()));
}

/** Suffixes of names that mean something only within a network (RFC 6761, 6762, 8375, and ICANN's `.internal`). */
const PRIVATE_NAMES = ["localhost", "local", "internal", "home.arpa", "lan", "intranet", "corp"] as const;

function isPrivateHost(hostname: string): boolean {
  const host = bare(hostname).replace(/\.$/, "");
  if (isAddress(host)) return isPrivateAddress(host);
  return !host.includes(".") || PRIVATE_NAMES.some((name) => host === name || host.endsWith(`.${name}`));
}

function bare(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function isAddress(host: string): boolean {
  return host.includes(":") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** IPv4 networks that are not of the public internet: IANA's registry of special-purpose addresses, and multicast. */
const NETWORKS = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;

/** Of an address as `URL` and name services write it; what is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  if (!address.includes(":")) return isPrivateV4(address);
  const groups = groupsOf(address.replace(/%.*$/, ""));
  if (!groups) return true;
  const [a = 0, b = 0, c = 0] = groups;
  const last = `${(groups[6] ?? 0) >> 8}.${(groups[6] ?? 0) & 255}.${(groups[7] ?? 0) >> 8}.${(groups[7] ?? 0) & 255}`;
  // IPv4 in IPv6: mapped, compatible (and `::`, `::1`), translated by NAT64.
  if (groups.slice(0, 5).every((group) => group === 0)) return isPrivateV4(last);
  if (a === 0x64 && b === 0xff9b && c === 0) return isPrivateV4(last);
  if (a === 0x2002) return isPrivateV4(`${b >> 8}.${b & 255}.${c >> 8}.${c & 255}`);
  // The public internet is 2000::/3, without the documentation's, Teredo's and ORCHID's part of it.
  if (a < 0x2000 || a > 0x3fff) return true;
  return (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || a === 0x3fff;
}

function isPrivateV4(address: string): boolean {
  const value = v4(address);
  return (
    value === undefined ||
    NETWORKS.some(([network, bits]) => value >>> (32 - bits) === (v4(network) ?? 0) >>> (32 - bits))
  );
}

function v4(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255))
    return undefined;
  return parts.reduce((value, part) => value * 256 + part, 0) >>> 0;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] | undefined {
  const [head = "", tail, ...more] = withV4AsGroups(address).split("::");
  if (more.length > 0) return undefined;
  const groups = (part: string): number[] => (part === "" ? [] : part.split(":").map((g) => Number.parseInt(g, 16)));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...first, ...Array.from({ length: missing }, () => 0), ...last];
  return all.every((group) => group >= 0 && group <= 0xffff) ? all : undefined;
}

function withV4AsGroups(address: string): string {
  const match = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const value = match && v4(match[2] ?? "");
  if (!match || value === undefined || value === null) return address;
  return `${match[1]}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}
