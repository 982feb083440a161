/** The platform's randomness and its threads, replaced for a simulation: the same seed gives the same run, byte for byte. */
import { createHmac } from "node:crypto";
import type { Random } from "./random.ts";

interface Key {
  readonly secret: Uint8Array;
}

function hex(random: Random, digits: number): string {
  let text = "";
  while (text.length < digits) text += random.whole(0, 15).toString(16);
  return text;
}

function uuid(random: Random): `${string}-${string}-${string}-${string}-${string}` {
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
}

/** Until the returned function is called. */
export function makeDeterministic(random: Random): () => void {
  const { subtle } = crypto;
  const before = {
    randomUUID: crypto.randomUUID.bind(crypto),
    importKey: subtle.importKey.bind(subtle),
    verify: subtle.verify.bind(subtle),
  };
  const importKey = async (_format: string, secret: Uint8Array): Promise<Key> => ({ secret });
  const verify = async (_name: string, key: Key, signature: Uint8Array, body: Uint8Array): Promise<boolean> =>
    createHmac("sha256", key.secret).update(body).digest().equals(signature);
  Object.assign(crypto, { randomUUID: () => uuid(random) });
  Object.assign(subtle, { importKey, verify });
  return () => {
    Object.assign(crypto, { randomUUID: before.randomUUID });
    Object.assign(subtle, { importKey: before.importKey, verify: before.verify });
  };
}
