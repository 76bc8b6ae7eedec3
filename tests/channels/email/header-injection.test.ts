import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compose } from "~/channels/email/out/compose";
import { closeTransports } from "~/channels/email/out/transports";
import { newId } from "~/platform/ids";
import { testShop } from "../../support/context";
import { testDatabase } from "../../support/database";
import { customersServer, mailAccount } from "../../support/mail";

let customers: Awaited<ReturnType<typeof customersServer>>;
beforeAll(async () => {
  customers = await customersServer();
  Object.assign(process.env, { SMTP_URL: customers.url, MAIL_FROM: "mail@throughline.example" });
});
afterAll(async () => {
  closeTransports();
  await customers.close();
});

it.each(["\r\n", "\n", "\r", "\u2028", "\u0000\r\n"])(
  "a line break (%j) in names or the subject begins no header line",
  async (line) => {
    const account = await mailAccount(await testShop(await testDatabase()));
    const evil = `Anna${line}Bcc: thief@evil.example${line}${line}<script>`;
    const mail = {
      ...{ fromName: evil, subject: evil, inReplyTo: null, references: [], automatic: false, unsubscribe: null },
      cc: [{ name: evil, address: "otto@customer.example" }],
    };
    const outbound = { messageId: newId(), conversationId: newId(), address: "mia@customer.example", files: [], mail };
    const made = await compose({ index: 0, text: "Hello", outbound } as never, account, new Date());
    const transport = createTransport({ host: "127.0.0.1", port: customers.port, ignoreTLS: true });
    await transport.sendMail({ envelope: made.envelope, raw: made.raw });
    const { raw = "", to } = customers.sent.at(-1) ?? {};
    const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
    expect(to).toEqual(["mia@customer.example", "otto@customer.example"]);
    expect(head).not.toMatch(/^\s*bcc:/im);
    expect(head).toMatch(/^content-type: multipart/im);
    expect(head).not.toMatch(/[^\r]\n|\r[^\n]/);
  },
);
