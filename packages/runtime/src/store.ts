export interface Store {
  readonly close: () => Promise<void>;
}
