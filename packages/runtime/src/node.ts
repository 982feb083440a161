/** A bot behind `node:http`. */
export { type ServeOptions, type Server, serve } from "./node/serve.ts";
