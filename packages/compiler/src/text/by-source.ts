/** Tables by node, with a layer for each source: what is found in one file can be replaced without a look at the others. */
import type { Source, Span } from "./source.ts";

export type Layer<K, V> = Map<K, V>;

/** A map whose keys are nodes. A layer is filled once, by the phase that makes the table, and never changes after that. */
export class BySource<K extends Span, V> implements ReadonlyMap<K, V> {
  readonly #layers: Map<Source, Layer<K, V>>;
  // Nodes of one file are looked up one after the other.
  #source: Source | undefined = undefined;
  #layer: Layer<K, V> | undefined = undefined;

  /** With the layers of `before`, but those of `sources` that `without` has. */
  constructor(before?: BySource<K, V>, kept: (source: Source) => boolean = () => true) {
    this.#layers = new Map();
    if (before) for (const [source, layer] of before.#layers) if (kept(source)) this.#layers.set(source, layer);
  }

  layer(source: Source): ReadonlyMap<K, V> | undefined {
    return this.#layers.get(source);
  }

  get(key: K): V | undefined {
    return this.#of(key.source)?.get(key);
  }

  has(key: K): boolean {
    return this.#of(key.source)?.has(key) ?? false;
  }

  set(key: K, value: V): this {
    let layer = this.#of(key.source);
    if (!layer) {
      layer = new Map();
      this.#layers.set(key.source, layer);
      this.#layer = layer;
    }
    layer.set(key, value);
    return this;
  }

  get size(): number {
    let size = 0;
    for (const layer of this.#layers.values()) size += layer.size;
    return size;
  }

  forEach(each: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const layer of this.#layers.values()) for (const [key, value] of layer) each(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const layer of this.#layers.values()) yield* layer;
  }

  *keys(): MapIterator<K> {
    for (const layer of this.#layers.values()) yield* layer.keys();
  }

  *values(): MapIterator<V> {
    for (const layer of this.#layers.values()) yield* layer.values();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  #of(source: Source): Layer<K, V> | undefined {
    if (source !== this.#source) {
      this.#source = source;
      this.#layer = this.#layers.get(source);
    }
    return this.#layer;
  }
}
