import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { automaticKind } from "~/channels/email/automatic/automatic-kind";
import { mail } from "./mails";

const kind = (given: Parameters<typeof mail>[0], ours?: string[]) => automaticKind(mail(given), ours).kind;

describe("a person", () => {
  it("is who nothing speaks against", () => {
    expect(automaticKind(mail())).toEqual({ kind: "person", quiet: false });
    expect(automaticKind(mail({ headers: { "auto-submitted": "no" } }))).toEqual({ kind: "person", quiet: false });
    expect(kind({ subject: "Re: Jacket for out of office days" })).toBe("person");
    expect(kind({ headers: { "x-autoreply": "no" } })).toBe("person");
  });

  it("whose server wants no answers by itself gets none, but staff's", () => {
    for (const value of ["All", "OOF, AutoReply", "DR, RN, NRN, OOF, AutoReply"]) {
      expect(automaticKind(mail({ headers: { "x-auto-response-suppress": value } }))).toEqual({
        kind: "person",
        quiet: true,
      });
    }
    expect(automaticKind(mail({ headers: { "x-auto-response-suppress": "DR, RN" } })).quiet).toBe(false);
    expect(automaticKind(mail({ returnPath: "" }))).toEqual({ kind: "person", quiet: true });
  });

  it("who writes to a group that is the shop's address is no list", () => {
    const group = {
      "list-id": "<help.northwind.example>",
      "list-post": "<mailto:help@northwind.example>",
      precedence: "list",
    };
    expect(kind({ headers: group }, ["Help@northwind.example"])).toBe("person");
    expect(kind({ headers: group }, ["other@northwind.example"])).toBe("list");
    expect(kind({ headers: { ...group, "x-google-group-id": "123" } })).toBe("person");
  });
});

describe("an answer by itself", () => {
  it.each([
    ["auto-submitted", "auto-replied"],
    ["auto-submitted", "auto-generated (vacation)"],
    ["x-autoreply", "yes"],
    ["x-autorespond", "out"],
    ["precedence", "auto_reply"],
    ["x-precedence", "auto-reply"],
    ["x-fc-machinegenerated", "true"],
  ])("says so in %s: %s", (name, value) => {
    expect(automaticKind(mail({ headers: { [name]: value } }))).toEqual({ kind: "auto-reply", quiet: true });
  });

  it("of an old vacation program is bulk that answers", () => {
    expect(kind({ headers: { precedence: "bulk" }, inReplyTo: ["m1@store.example"] })).toBe("auto-reply");
    expect(kind({ headers: { precedence: "bulk" } })).toBe("list");
  });

  it.each([
    "Automatic reply: My order",
    "Re: Out of Office: My order",
    "Abwesenheitsnotiz: Ihre Bestellung",
    "Réponse automatique : Votre commande",
    "Respuesta automática: Su pedido",
    "Risposta automatica: Ordine",
    "Resposta automática: Pedido",
    "Automatisch antwoord: Bestelling",
    "Autosvar: Ordre",
    "Automatiskt svar: Order",
    "Automaattinen vastaus: Tilaus",
    "Odpowiedź automatyczna: Zamówienie",
    "Automatická odpověď: Objednávka",
    "Automatikus válasz: Rendelés",
    "Răspuns automat: Comanda",
    "Otomatik Yanıt: Sipariş",
    "İş yeri dışında: Sipariş",
    "Αυτόματη απάντηση: Παραγγελία",
    "Автоматический ответ: Заказ",
    "Автоматична відповідь: Замовлення",
    "自動応答: ご注文",
    "自动答复: 订单",
    "자동 회신: 주문",
    "رد تلقائي: الطلب",
    "תשובה אוטומטית: הזמנה",
    "Trả lời tự động: Đơn hàng",
    "Balasan otomatis: Pesanan",
    "ตอบกลับอัตโนมัติ: คำสั่งซื้อ",
  ])("is known by its subject: %s", (subject) => {
    expect(kind({ subject })).toBe("auto-reply");
  });

  it("from an empty return path is no bounce", () => {
    expect(kind({ returnPath: "", subject: "Automatic reply: My order", text: "I am away until Monday." })).toBe(
      "auto-reply",
    );
  });
});

describe("others", () => {
  it("are challenges, from whom it is known or by itself", () => {
    expect(kind({ sender: "noreply@boxbe.com", subject: "Please verify your email to Ada" })).toBe("challenge");
    expect(kind({ headers: { "auto-submitted": "auto-replied" }, subject: "Please confirm your message" })).toBe(
      "challenge",
    );
    expect(kind({ subject: "Please confirm your message about my order" })).toBe("person");
  });

  it("are lists and newsletters", () => {
    expect(kind({ headers: { "list-id": "Talk <talk.lists.example>" } })).toBe("list");
    expect(kind({ headers: { "list-unsubscribe": "<https://news.example/u>" } })).toBe("list");
  });

  it("are receipts, and reports of abuse", () => {
    const report = { status: null, originalHeaders: null, originalMessageId: null };
    expect(kind({ report: { ...report, type: "disposition-notification" } })).toBe("receipt");
    expect(kind({ report: { ...report, type: "feedback-report" } })).toBe("auto-reply");
  });
});

it("says something of any mail, and stays within bounds", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("failed. ".repeat(20_000), "@".repeat(100_000), "5.1.".repeat(50_000), "<".repeat(50_000)),
  );
  fc.assert(
    fc.property(text, text, text, (subject, body, value) => {
      const headers = { "list-id": value, "list-post": value, "x-failed-recipients": value };
      expect(automaticKind(mail({ subject, text: body, headers, returnPath: "" })).kind).toBe("bounce");
      expect(typeof kind({ subject, text: body, headers: { "list-id": value, "list-post": value } })).toBe("string");
    }),
    { numRuns: 100 },
  );
});
