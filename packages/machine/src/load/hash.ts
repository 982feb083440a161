import type { Machine } from "../format.ts";
import { sha256 } from "./sha256.ts";

const DIGITS = 16;

/**
 * The first 16 hex digits of the SHA-256 of the machine's JSON in UTF-8, without white space, with `hash` set to "". Keys
 * stand as they stand in the machine: their order has meaning (states, parameters, cases).
 */
export function hashMachine(machine: Machine, digest: (bytes: Uint8Array) => string = sha256): string {
  const json = JSON.stringify({ ...machine, hash: "" });
  return digest(new TextEncoder().encode(json)).slice(0, DIGITS);
}
