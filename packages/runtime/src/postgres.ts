export { postgresArchive } from "./stores/postgres/archive.ts";
export type { PostgresOptions } from "./stores/postgres/options.ts";
export { postgresStore } from "./stores/postgres/store.ts";
