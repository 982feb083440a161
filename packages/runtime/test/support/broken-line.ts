/** A line to a server that breaks where a test wants it: a proxy for TCP. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface BrokenLine {
  readonly port: number;
  /** Whoever sends `words` for the n-th time from now is cut off when the server answers: it was done, and nobody hears of it. */
  readonly cutAfter: (words: string, n: number) => void;
  readonly close: () => void;
}

export async function brokenLine(toPort: number): Promise<BrokenLine> {
  const sockets = new Set<Socket>();
  let words = "";
  let left = 0;
  const server = createServer((client) => {
    const upstream = connect(toPort, "127.0.0.1");
    let cutting = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("close", end);
      socket.on("error", end);
    }
    client.on("data", (data) => {
      if (left > 0 && data.includes(words)) {
        left -= 1;
        cutting = left === 0;
      }
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (cutting) end();
      else client.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: (those, n) => {
      words = those;
      left = n;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
