/** What only Node can do: a bot behind `node:http`, and requests that reach only the public internet. */
export { type AdminOptions, type AdminServer, serveAdmin } from "./node/admin.ts";
export { guardedFetch } from "./node/guarded-fetch.ts";
export { type NodeHandler, nodeHandler } from "./node/handler.ts";
export { type LambdaEvent, type LambdaOptions, type LambdaResult, lambdaHandler } from "./node/lambda.ts";
export { type ServeOptions, type Server, serve } from "./node/serve.ts";
