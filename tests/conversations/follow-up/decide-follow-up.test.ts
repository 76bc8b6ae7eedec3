import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideFollowUp, goneAfterMilliseconds } from "~/conversations/follow-up/decide-follow-up";
import { followUpMail, followUpTexts } from "~/conversations/follow-up/follow-up-mail";
import { codeTexts } from "~/visitors/code-texts";

const minute = 60_000;
const at = (milliseconds: number) => new Date(milliseconds);
const facts = { delay: 5 * minute, gap: 10 * minute, lastThere: null, lastMailed: null };
const hour = 60 * minute;

describe("whether replies follow by e-mail", () => {
  it("does nothing where nothing was left unseen", () => {
    expect(decideFollowUp({ ...facts, now: at(hour), replies: [] })).toEqual({ act: "nothing" });
  });

  it("waits from the first reply, not from the last", () => {
    const replies = [{ at: at(0) }, { at: at(4 * minute) }];
    expect(decideFollowUp({ ...facts, now: at(5 * minute - 1), replies })).toEqual({
      act: "wait",
      until: at(5 * minute),
    });
    expect(decideFollowUp({ ...facts, now: at(5 * minute), replies })).toEqual({ act: "mail" });
  });

  it("waits while a page is open, and for a while after the last mail", () => {
    const replies = [{ at: at(0) }];
    const there = decideFollowUp({ ...facts, now: at(hour), replies, lastThere: at(hour - 1_000) });
    expect(there).toEqual({ act: "wait", until: at(hour - 1_000 + goneAfterMilliseconds) });
    const mailed = decideFollowUp({ ...facts, now: at(hour), replies, lastMailed: at(hour - minute) });
    expect(mailed).toEqual({ act: "wait", until: at(hour + 9 * minute) });
  });

  it("mails at the moment for which it waited, whatever the times are", () => {
    const time = fc.integer({ min: 0, max: 10 * hour }).map(at);
    fc.assert(
      fc.property(
        time,
        fc.array(time, { minLength: 1 }),
        fc.option(time),
        fc.option(time),
        (now, times, lastThere, lastMailed) => {
          const replies = times.sort((one, other) => one.getTime() - other.getTime()).map((each) => ({ at: each }));
          const given = { ...facts, replies, lastThere, lastMailed };
          const decision = decideFollowUp({ ...given, now });
          if (decision.act !== "wait") return decision.act === "mail";
          return decision.until > now && decideFollowUp({ ...given, now: decision.until }).act === "mail";
        },
      ),
    );
  });
});

describe("the mail", () => {
  it("is there in every language of the chat, with each of its places filled", () => {
    expect(Object.keys(followUpTexts).sort()).toEqual(Object.keys(codeTexts).sort());
    for (const locale of Object.keys(followUpTexts)) {
      const { subject, text } = followUpMail({
        ...{ locale, shop: "Northwind", link: "https://northwind.example" },
        replies: [
          { staffName: "Anna", text: "It left.", files: [] },
          { staffName: "Anna", text: "", files: ["label.pdf"] },
          { staffName: null, text: "Bye {shop}", files: [] },
        ],
      });
      expect(subject).toContain("Northwind");
      expect(text.match(/Anna/g)).toHaveLength(1);
      for (const part of ["It left.", "label.pdf", "Bye {shop}", "https://northwind.example"])
        expect(text).toContain(part);
      expect(text.replace("Bye {shop}", "")).not.toMatch(/[{}]/);
    }
  });
});
