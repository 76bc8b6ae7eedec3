import { createTransport } from "nodemailer";
import { decimal, linePrice } from "../../commerce/prices";
import { titleOf } from "../../commerce/stock";
import type { DraftOrderRecord } from "../../records";
import { draftOrderPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { AdminContext, Arguments, Resolver } from "../engine/context";
import { invoiceSubject } from "../resolvers/draft-order";
import { requireId } from "../resolvers/node";
import { isEmail, type UserError, userError } from "./user-errors";

interface Invoice {
  to: string | null;
  from: string;
  bcc: string[];
  subject: string;
  text: string;
  html: string;
}

/** Sends the invoice by SMTP and marks the draft as sent once the mail server has taken it. */
export const draftOrderInvoiceSend: Resolver<unknown> = async (_root, args, context) => {
  const draft = context.shop.get("draftOrder", requireId("DraftOrder", args.id));
  if (!draft) return { draftOrder: null, userErrors: [userError(null, "Draft order not found")] };
  const invoice = writeInvoice(context, draft, args.email as Arguments | undefined);
  const errors = problems(draft, invoice);
  if (errors.length > 0 || invoice.to === null) return { draftOrder: draft, userErrors: errors };

  const { mail } = context.world;
  if (!mail) throw new Error("The local Shopify has no mail server to send the invoice with.");
  const transport = createTransport({ host: mail.host, port: mail.port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({ ...invoice, to: invoice.to });
  } finally {
    transport.close();
  }
  return context.shop.transaction(() => {
    // A payment may have come while the mail was on its way.
    const now = context.shop.get("draftOrder", draft.id) ?? draft;
    const at = context.world.clock().toISOString();
    const sent: DraftOrderRecord = {
      ...now,
      status: now.status === "OPEN" ? "INVOICE_SENT" : now.status,
      invoiceSentAt: at,
      invoiceEmailTemplateSubject: invoice.subject,
      updatedAt: at,
    };
    context.shop.put("draftOrder", sent.id, sent);
    publish(context.world, context.shop, "draft_orders/update", draftOrderPayload(context.shop, sent));
    return { draftOrder: sent, userErrors: [] };
  });
};

/** The same mail without sending it. */
export const draftOrderInvoicePreview: Resolver<unknown> = (_root, args, context) => {
  const draft = context.shop.get("draftOrder", requireId("DraftOrder", args.id));
  if (!draft) {
    return { previewSubject: null, previewHtml: null, userErrors: [userError(["id"], "Draft order does not exist")] };
  }
  const invoice = writeInvoice(context, draft, args.email as Arguments | undefined);
  return { previewSubject: invoice.subject, previewHtml: invoice.html, userErrors: [] };
};

function problems(draft: DraftOrderRecord, invoice: Invoice): UserError[] {
  const errors: UserError[] = [];
  if (!invoice.to) errors.push(userError(null, "To can't be blank"));
  else if (!isEmail(invoice.to)) errors.push(userError(null, "To is invalid"));
  if (draft.status === "COMPLETED") {
    errors.push(userError(null, "Draft order Invoice can't be sent. This draft order is already paid."));
  }
  return errors;
}

function writeInvoice(context: AdminContext, draft: DraftOrderRecord, email: Arguments | undefined): Invoice {
  const { settings } = context;
  const link = `${settings.storefrontOrigin}/invoices/${draft.invoiceToken}`;
  const message = text(email?.customMessage) ?? text(email?.body);
  const lines = draft.lines.map((line) => `${line.quantity} × ${titleOf(line)}: ${decimal(linePrice(line))}`);
  const total = `Total: ${decimal(draft.totals.total)} ${draft.currency}`;
  const paragraphs = [
    ...(message ? [message] : []),
    `Complete your purchase: ${link}`,
    lines.join("\n"),
    total,
    `${settings.name}`,
  ];
  const html = [
    "<!doctype html><html><body>",
    ...(message ? [`<p>${escapeHtml(message).replaceAll("\n", "<br>")}</p>`] : []),
    `<p><a href="${escapeHtml(link)}">Complete your purchase</a></p>`,
    `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`,
    `<p>${escapeHtml(total)}</p><p>${escapeHtml(settings.name)}</p>`,
    "</body></html>",
  ].join("\n");
  return {
    to: text(email?.to) ?? draft.email ?? customerEmail(context, draft),
    from: text(email?.from) ?? `"${settings.name.replaceAll('"', "")}" <${settings.email}>`,
    bcc: (email?.bcc as string[] | undefined) ?? [],
    subject: text(email?.subject) ?? invoiceSubject(draft, settings.name),
    text: paragraphs.join("\n\n"),
    html,
  };
}

function customerEmail({ shop }: AdminContext, draft: DraftOrderRecord): string | null {
  return draft.customerId === null ? null : (shop.get("customer", draft.customerId)?.email ?? null);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function escapeHtml(value: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return value.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
