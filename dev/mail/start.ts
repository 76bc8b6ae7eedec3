import type { EventEmitter } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MailFolder } from "./mail-folder";
import { smtpServer } from "./smtp";
import { mailWeb } from "./web";

export interface Mail {
  smtpPort: number;
  webPort: number;
  /** The page of caught mails, without a trailing slash; `/messages.json?to=…` is the same as data. */
  url: string;
  /** Lets mails that are arriving finish, then stops both servers. */
  close(): Promise<void>;
}

/**
 * Catches mail: an SMTP server that keeps every mail under `folder` and a web page to read them on. Both
 * listen on the loopback address; port 0 takes any free one. Rejects when a port is taken or the folder
 * cannot be written.
 */
export async function startMail(options: {
  smtpPort: number;
  webPort: number;
  folder: string;
  clock?: () => Date;
}): Promise<Mail> {
  const folder = await MailFolder.open(options.folder);
  const smtp = smtpServer(folder, options.clock ?? (() => new Date()));
  const web = createServer(mailWeb(folder));
  await listening(smtp.server, smtp, () => smtp.listen(options.smtpPort, "127.0.0.1"));
  try {
    await listening(web, web, () => web.listen(options.webPort, "127.0.0.1"));
  } catch (error) {
    await new Promise<void>((done) => smtp.close(done));
    throw error;
  }
  // A sender that hangs up in the middle of a mail is nothing to stop for.
  smtp.on("error", () => {});
  const webPort = (web.address() as AddressInfo).port;
  return {
    smtpPort: (smtp.server.address() as AddressInfo).port,
    webPort,
    url: `http://localhost:${webPort}`,
    async close() {
      await new Promise<void>((done) => smtp.close(done));
      web.closeAllConnections();
      await new Promise<void>((done) => web.close(() => done()));
    },
  };
}

/** `complainer` is what reports a taken port: smtp-server takes its inner server's errors over. */
function listening(server: EventEmitter, complainer: EventEmitter, start: () => unknown): Promise<void> {
  return new Promise((done, fail) => {
    complainer.once("error", fail);
    server.once("listening", () => {
      complainer.off("error", fail);
      done();
    });
    start();
  });
}
