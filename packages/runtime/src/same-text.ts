import { digest } from "./hash.ts";

/**
 * Whether both are the same, in a time that tells nothing of where they differ: what is compared are hashes under a key that
 * nobody outside knows, so how far they agree says nothing of how far the texts do.
 */
export function sameText(a: string, b: string): boolean {
  const key = crypto.randomUUID();
  return digest(64, key, a) === digest(64, key, b);
}
