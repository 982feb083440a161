/** Made once, when it is first asked for; nothing that only `make` needed is held after that. */
export function lazy<T>(make: () => T): () => T {
  let state: { readonly make: () => T } | { readonly value: T } = { make };
  return () => {
    if ("make" in state) state = { value: state.make() };
    return state.value;
  };
}

export interface Lazily<T> {
  readonly value: T;
  readonly isMade: boolean;
}

/** The same, for who has to know whether it was asked for. */
export function lazily<T>(make: () => T): Lazily<T> {
  let isMade = false;
  const value = lazy(() => {
    const made = make();
    isMade = true;
    return made;
  });
  return {
    get value() {
      return value();
    },
    get isMade() {
      return isMade;
    },
  };
}
