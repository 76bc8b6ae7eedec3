import { createServer, type RequestListener, type Server } from "node:http";
import { takenPort } from "../postgres/failure";

export interface Listening {
  port: number;
  /** `http://localhost:<port>` */
  origin: string;
  close(): Promise<void>;
}

/**
 * Serves `http://localhost:<port>` on both of localhost's addresses, for browsers ask for the IPv6 one first
 * and another program could be listening there. Port 0 takes a free one.
 *
 * @throws StartFailure `taken-port`.
 */
export async function listen(port: number, answer: RequestListener): Promise<Listening> {
  const first = await open(port, "127.0.0.1", answer);
  const chosen = portOf(first);
  const servers = [first];
  try {
    const second = await open(chosen, "::1", answer).catch((error: Error) => {
      // No IPv6 here, or a free port was asked for and only half of it is free.
      if (port === 0 || !("kind" in error)) return null;
      throw error;
    });
    if (second) servers.push(second);
  } catch (error) {
    await close(servers);
    throw error;
  }
  return { port: chosen, origin: `http://localhost:${chosen}`, close: () => close(servers) };
}

function open(port: number, host: string, answer: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(answer);
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" || error.code === "EACCES" ? takenPort(port, error) : error),
    );
    server.listen({ port, host }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server does not listen on a port");
  return address.port;
}

async function close(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}
