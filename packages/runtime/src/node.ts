/** What only Node can do: a bot behind `node:http`, and requests that reach only the public internet. */
export { guardedFetch } from "./node/guarded-fetch.ts";
export { type ServeOptions, type Server, serve } from "./node/serve.ts";
