import { createServer } from "node:net";
import { takenPort } from "../postgres/failure";
import { PORTS_NEEDED } from "./options";

export interface Ports {
  admin: number;
  storefronts: [number, number];
  app: number;
  mailPage: number;
  smtp: number;
  postgres: number;
  /** The stand-ins for Meta, Twilio and X. */
  providers: number;
  /** Where the app takes mail. */
  smtpIn: number;
  /** The name server that the app asks about senders' domains; UDP. */
  dns: number;
}

/** The block of ports that begins at `first`. */
export function portsFrom(first: number): Ports {
  return {
    admin: first,
    storefronts: [first + 1, first + 2],
    app: first + 3,
    mailPage: first + 4,
    smtp: first + 5,
    postgres: first + 6,
    providers: first + 7,
    smtpIn: first + 8,
    dns: first + 9,
  };
}

/** Says which port of the block is taken before anything is started. @throws StartFailure `taken-port` */
export async function requireFreePorts(first: number): Promise<void> {
  for (let port = first; port < first + PORTS_NEEDED; port += 1) {
    for (const host of ["127.0.0.1", "::1"]) {
      const error = await tryPort(port, host);
      if (error?.code === "EADDRINUSE" || error?.code === "EACCES") throw takenPort(port, error);
    }
  }
}

function tryPort(port: number, host: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
