import { randomBytes } from "node:crypto";
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { type OpenedMail, openMail, wentTo } from "./caught-mail";
import type { MailFolder } from "./mail-folder";
import { listPage, mailPage } from "./pages";

const SHOWN = 200;

/** The caught mails as pages and as JSON; see `startMail`. */
export function mailWeb(folder: MailFolder): Express {
  const app = express();
  const opened = new Map<string, Promise<OpenedMail>>();
  app.disable("x-powered-by");

  // A page of another site whose name was pointed at this machine must not read the mails.
  app.use((request, response, next) => {
    const name = (request.headers.host ?? "").replace(/:\d+$/, "");
    if (["localhost", "127.0.0.1", "[::1]"].includes(name)) next();
    else response.status(421).type("text").send("This server answers to localhost only.");
  });

  app.get(
    "/",
    route(async (request, response) => {
      const to = text(request.query.to);
      const nonce = protect(response);
      response.type("html").send(listPage({ mails: await newest(to, SHOWN), to, nonce }));
    }),
  );

  app.get(
    "/messages.json",
    route(async (request, response) => {
      const limit = Math.min(1000, Math.max(1, Number(text(request.query.limit)) || 100));
      response.set("Cache-Control", "no-store").json({ messages: await newest(text(request.query.to), limit) });
    }),
  );

  app.get(
    "/messages/:id",
    route<{ id: string }>(async (request, response) => {
      const found = await find(request.params.id);
      if (!found) return gone(response);
      const nonce = protect(response);
      const mails = await newest("", SHOWN);
      response.type("html").send(mailPage({ mail: found.mail, mails, nonce }));
    }),
  );

  // The mail's own HTML: no script, no form, nothing loaded from anywhere; links open in a new tab.
  app.get(
    "/messages/:id/html",
    route<{ id: string }>(async (request, response) => {
      const found = await find(request.params.id);
      if (!found || found.mail.html === null) return gone(response);
      response.set({
        "Content-Security-Policy":
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
      });
      response.type("html").send(`<!doctype html><base target="_blank"><meta charset="utf-8">${found.mail.html}`);
    }),
  );

  app.get(
    "/messages/:id/raw",
    route<{ id: string }>(async (request, response) => {
      if (!(await folder.has(request.params.id))) return gone(response);
      response.set("X-Content-Type-Options", "nosniff").type("text/plain; charset=utf-8");
      folder.rawStream(request.params.id).pipe(response);
    }),
  );

  // Always saved, never shown: an attachment may be a page with a script in it.
  app.get(
    "/messages/:id/attachments/:index",
    route<{ id: string; index: string }>(async (request, response) => {
      const found = await find(request.params.id);
      const attachment = found?.mail.attachments[Number(request.params.index)];
      const content = found?.contents[Number(request.params.index)];
      if (!attachment || !content) return gone(response);
      response.attachment(attachment.filename.replace(/[\r\n]/g, " "));
      response.set({
        "Content-Type": "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
      });
      response.send(Buffer.from(content));
    }),
  );

  app.use((_request, response) => gone(response));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const reason = error instanceof Error ? error.message : String(error);
    response.status(500).type("text").send(`The mail could not be read: ${reason}`);
  });
  return app;

  async function newest(to: string, limit: number) {
    const mails = [];
    for (const id of await folder.ids()) {
      if (mails.length >= limit) break;
      const { mail } = await read(id);
      if (to === "" || wentTo(mail, to)) mails.push(mail);
    }
    return mails;
  }

  async function find(id: string): Promise<OpenedMail | null> {
    return (await folder.has(id)) ? await read(id) : null;
  }

  /** Mails never change, so each is parsed once; the map keeps the few hundred that are looked at. */
  function read(id: string): Promise<OpenedMail> {
    const known = opened.get(id);
    if (known) return known;
    const promise = openMail(folder, id);
    promise.catch(() => opened.delete(id));
    opened.set(id, promise);
    const [oldest] = opened.keys();
    if (opened.size > 300 && oldest !== undefined) opened.delete(oldest);
    return promise;
  }
}

/** Express 4 does not look at promises: a failed one goes to the error handler from here. */
function route<Params>(work: (request: Request<Params>, response: Response) => Promise<void>): RequestHandler<Params> {
  return (request, response, next) => {
    work(request, response).catch(next);
  };
}

function protect(response: Response): string {
  const nonce = randomBytes(12).toString("base64");
  response.set({
    "Content-Security-Policy": `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'`,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  return nonce;
}

function gone(response: Response): void {
  response.status(404).type("text").send("There is no such mail.");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
