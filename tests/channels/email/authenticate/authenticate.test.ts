import { beforeAll, describe, expect, it } from "vitest";
import { type AuthenticationQuestion, authenticate } from "~/channels/email/authenticate/authenticate";
import { signingDomain, writeMail, type Zone, zoneResolver } from "../../../support/mail";

const zone: Zone = {
  "TXT _dmarc.bank.example": ["v=DMARC1; p=reject"],
  "TXT bank.example": ["v=spf1 ip4:192.0.2.10 -all"],
  "TXT _dmarc.lax.example": ["v=DMARC1; p=none"],
};
let signs: Record<"customer" | "strict" | "mailer", Awaited<ReturnType<typeof signingDomain>>>;

beforeAll(() => {
  signs = {
    customer: signingDomain("customer.example", zone),
    strict: signingDomain("strict.example", zone, "quarantine"),
    mailer: signingDomain("mailer.example", zone, "reject"),
  };
});

const stranger = { ip: "198.51.100.7", helo: "mx.stranger.example", mailFrom: "bounce@stranger.example" };

function ask(raw: Buffer | string, from: string | null, changes: Partial<AuthenticationQuestion> = {}) {
  return authenticate({
    raw: Buffer.from(raw),
    from,
    peer: stranger,
    authenticationResults: [],
    trustedServer: null,
    trustedSealers: [],
    resolve: zoneResolver(zone),
    ...changes,
  });
}

const from = (address: string) => writeMail({ from: address });

describe("who a mail is from", () => {
  it("is vouched for by a signature of the domain, with and without a policy", async () => {
    const one = await ask(await signs.customer(from("mia@customer.example")), "mia@customer.example");
    expect(one).toEqual({ verdict: "aligned", words: "Signed by customer.example" });
    const other = await ask(await signs.strict(from("mia@strict.example")), "mia@strict.example");
    expect(other).toEqual({ verdict: "aligned", words: "Signed by strict.example" });
  });

  it("is vouched for by a server that the domain with a policy sends from", async () => {
    const peer = { ip: "192.0.2.10", helo: "mx.bank.example", mailFrom: "mia@bank.example" };
    expect(await ask(from("mia@bank.example"), "mia@bank.example", { peer })).toEqual({
      verdict: "aligned",
      words: "Sent by a server of bank.example",
    });
  });

  it("is forged when the domain asks to refuse what it does not vouch for", async () => {
    const forged = await ask(from("mia@bank.example"), "mia@bank.example");
    expect(forged).toEqual({ verdict: "forged", words: expect.stringContaining("bank.example asks not to trust") });
    const signedByAnother = await ask(await signs.mailer(from("mia@bank.example")), "mia@bank.example");
    expect(signedByAnother.verdict).toBe("forged");
  });

  it("is forged when a signed mail was changed on the way", async () => {
    const signed = await signs.strict(from("mia@strict.example"));
    const changed = Buffer.from(signed.toString().replace("Field Jacket", "gift card"));
    expect((await ask(changed, "mia@strict.example")).verdict).toBe("forged");
  });

  it.each<[string, () => Promise<Buffer | string>, string | null, Partial<AuthenticationQuestion>]>([
    ["nothing speaks for it", async () => from("mia@nobody.example"), "mia@nobody.example", {}],
    ["the policy asks for nothing", async () => from("mia@lax.example"), "mia@lax.example", {}],
    ["another domain signed it", () => signs.mailer(from("mia@nobody.example")), "mia@nobody.example", {}],
    ["it says nobody", async () => writeMail(), null, {}],
    ["it says two people", () => signs.customer(from("a@customer.example, b@bank.example")), "a@customer.example", {}],
    [
      "it comes from a mailbox, where the server is not known",
      async () => from("mia@bank.example"),
      "mia@bank.example",
      { peer: null },
    ],
    [
      "DNS does not answer",
      async () => from("mia@bank.example"),
      "mia@bank.example",
      { resolve: () => Promise.reject(Object.assign(new Error("away"), { code: "ETIMEOUT" })) },
    ],
    [
      "only a part of it is signed",
      () => signs.customer(from("mia@customer.example"), { maxBodyLength: 3 }),
      "mia@customer.example",
      {},
    ],
  ])("is unproven when %s", async (_what, raw, address, changes) => {
    expect((await ask(await raw(), address, changes)).verdict).toBe("unproven");
  });

  it("is not asked of the world for a mail with a thousand signatures", async () => {
    let asked = 0;
    const resolve = (name: string, type: string) => {
      asked += 1;
      return zoneResolver(zone)(name, type);
    };
    const signature = "DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=s1; h=from; bh=YQ==; b=YQ==\r\n";
    const answer = await ask(signature.repeat(1_000) + from("mia@bank.example"), "mia@bank.example", { resolve });
    expect(answer.verdict).toBe("unproven");
    expect(asked).toBe(0);
  });
});

describe("the results of the merchant's own server", () => {
  const trustedServer = "mx.northwind.example";
  const results = (text: string, ...below: string[]) => ({
    trustedServer,
    authenticationResults: [text, ...below],
    peer: null,
  });
  const pass = `${trustedServer}; dkim=pass header.d=bank.example; dmarc=pass (p=REJECT) header.from=bank.example`;

  it.each<[string, string[], string]>([
    ["are believed when they pass", [pass], "aligned"],
    [
      "are believed when they fail what the domain refuses",
      [`${trustedServer}; dmarc=fail (p=REJECT sp=NONE) header.from=bank.example`],
      "forged",
    ],
    ["say nothing of another domain", [pass.replaceAll("bank", "shop")], "unproven"],
    ["are not another server's", [pass.replace(trustedServer, "mx.evil.example")], "unproven"],
    [
      "are not what the sender wrote below them",
      [`${trustedServer}; dmarc=none header.from=bank.example`, pass],
      "unproven",
    ],
    ["are not hidden in a comment", [`${trustedServer}; spf=none (; dmarc=pass header.from=bank.example)`], "unproven"],
  ])("%s", async (_what, [first = "", ...below], verdict) => {
    const answer = await ask(from("mia@bank.example"), "mia@bank.example", results(first, ...below));
    expect(answer.verdict).toBe(verdict);
  });
});
