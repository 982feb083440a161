/** SHA-256 without waiting (FIPS 180-4): what a phone does is done at once, and the webhook that tells of media has its hash. */

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 32 bits of the fraction of the root. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 0x1_0000_0000) | 0;
const K: readonly number[] = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const START: readonly number[] = primes(8).map((prime) => fraction(Math.sqrt(prime)));

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 8, Math.floor((bytes.length * 8) / 0x1_0000_0000));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return view;
}

const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function schedule(view: DataView, at: number): Int32Array {
  const w = new Int32Array(64);
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15] ?? 0;
    const b = w[i - 2] ?? 0;
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[i] = ((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0;
  }
  return w;
}

type Words = [number, number, number, number, number, number, number, number];

function compress(state: Words, w: Int32Array): Words {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] ?? 0) + (w[i] ?? 0)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  const next = [a, b, c, d, e, f, g, h];
  return state.map((word, i) => (word + (next[i] ?? 0)) | 0) as Words;
}

/** The 32 bytes of the hash. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = padded(bytes);
  let state = [...START] as Words;
  for (let at = 0; at < view.byteLength; at += 64) state = compress(state, schedule(view, at));
  const hash = new Uint8Array(32);
  const out = new DataView(hash.buffer);
  for (const [i, word] of state.entries()) out.setInt32(i * 4, word);
  return hash;
}
