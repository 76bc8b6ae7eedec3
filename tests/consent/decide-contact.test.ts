import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConsentEndpoint, ConsentState, CurrentConsent } from "~/consent/consent";
import { decideContact } from "~/consent/decide-contact";

const mail = (value: string): ConsentEndpoint => ({ kind: "email", value });
const base = new Date("2026-11-21T12:00:00Z").getTime();

function row(state: ConsentState, minute: number, endpoint: ConsentEndpoint | null = null): CurrentConsent {
  return {
    id: String(minute),
    customerId: "a",
    visitorId: null,
    channel: "email",
    purpose: "marketing",
    state,
    at: new Date(base + minute * 60_000),
    touchpoint: "Shopify",
    wording: null,
    language: null,
    source: "shopify",
    endpoint,
  };
}

const wish = { channel: "email", purpose: "marketing", endpoint: mail("a@example.com") } as const;

describe("whether a person may be contacted", () => {
  it("sells to nobody who was never asked, and answers everybody who did not forbid it", () => {
    expect(decideContact(wish, [])).toEqual({ allowed: false, because: "never-asked" });
    expect(decideContact({ ...wish, purpose: "service" }, [])).toEqual({ allowed: true, because: "answering" });
    expect(decideContact({ ...wish, purpose: "recording", channel: "voice" }, [])).toMatchObject({ allowed: false });
    const forbidden = { ...row("withdrawn", 1), purpose: "service" as const };
    expect(decideContact({ ...wish, purpose: "service" }, [forbidden])).toMatchObject({ because: "withdrawn" });
  });

  it("goes by the address, and by what was said of the whole channel after it", () => {
    const given = row("given", 1, mail("a@example.com"));
    expect(decideContact(wish, [given])).toEqual({ allowed: true, because: "given" });
    expect(decideContact({ ...wish, endpoint: mail("b@example.com") }, [given])).toMatchObject({
      because: "never-asked",
    });
    expect(decideContact(wish, [given, row("withdrawn", 2)])).toMatchObject({ because: "withdrawn" });
    expect(decideContact(wish, [given, row("withdrawn", 0)])).toMatchObject({ allowed: true });
    expect(decideContact(wish, [given, row("withdrawn", 1)])).toMatchObject({ because: "withdrawn" });
  });

  it("allows nothing while a confirmation is awaited, nor by one channel's yes on another", () => {
    expect(decideContact(wish, [row("pending", 1)])).toEqual({ allowed: false, because: "pending" });
    expect(decideContact({ ...wish, channel: "sms", endpoint: null }, [row("given", 1)])).toMatchObject({
      allowed: false,
    });
    expect(decideContact({ ...wish, purpose: "tracking" }, [row("given", 1)])).toMatchObject({ allowed: false });
  });

  it("never sells after a withdrawal of the channel that nothing followed, whatever was said before", () => {
    const said = fc.record({
      state: fc.constantFrom<ConsentState>("given", "withdrawn", "pending"),
      minute: fc.integer({ min: 0, max: 100 }),
      endpoint: fc.constantFrom(null, mail("a@example.com"), mail("b@example.com")),
    });
    fc.assert(
      fc.property(fc.array(said), fc.constantFrom(null, wish.endpoint, mail("c@example.com")), (rows, endpoint) => {
        const before = rows.map((one) => row(one.state, one.minute, one.endpoint));
        expect(decideContact({ ...wish, endpoint }, [...before, row("withdrawn", 100)])).toEqual({
          allowed: false,
          because: "withdrawn",
        });
      }),
    );
  });
});
