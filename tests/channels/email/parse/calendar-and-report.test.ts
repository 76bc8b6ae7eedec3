import { describe, expect, it } from "vitest";
import { readCalendar } from "~/channels/email/parse/calendar";
import { from, read } from "./mails";

const event = (...lines: string[]) =>
  readCalendar(
    ["BEGIN:VCALENDAR", "METHOD:request", "BEGIN:VEVENT", ...lines, "END:VEVENT", "END:VCALENDAR"].join("\r\n"),
  );

describe("an invitation", () => {
  it("is read, and is a file as well", async () => {
    const found = await read(
      from,
      'Content-Type: text/calendar; method=REQUEST; charset="utf-8"',
      "",
      "BEGIN:VCALENDAR",
      "METHOD:REQUEST",
      "BEGIN:VEVENT",
      "SUMMARY:Fitting\\, second",
      "  try",
      "LOCATION:Main Street\\n12",
      "DTSTART:20261123T100000Z",
      "DTEND:20261123T110000Z",
      'ORGANIZER;CN="Jane: Doe":mailto:jane@customer.example',
      "BEGIN:VALARM",
      "SUMMARY:not this",
      "END:VALARM",
      "END:VEVENT",
    );
    expect(found.calendar).toEqual({
      method: "REQUEST",
      summary: "Fitting, second try",
      location: "Main Street 12",
      start: { at: new Date("2026-11-23T10:00:00Z"), allDay: false, zone: null },
      end: { at: new Date("2026-11-23T11:00:00Z"), allDay: false, zone: null },
      organizer: { name: "Jane: Doe", address: "jane@customer.example" },
    });
    expect(found.files).toMatchObject([{ name: "Invitation.ics", from: "calendar" }]);
  });

  it.each([
    ["of a zone of the IANA", "DTSTART;TZID=Europe/Berlin:20260701T100000", "2026-07-01T08:00:00.000Z"],
    ["of a zone of Windows", "DTSTART;TZID=Eastern Standard Time:20261123T100000", "2026-11-23T15:00:00.000Z"],
    ["of a zone that is not known", "DTSTART;TZID=Nowhere:20261123T100000", "2026-11-23T10:00:00.000Z"],
    ["of a whole day", "DTSTART;VALUE=DATE:20261123", "2026-11-23T00:00:00.000Z"],
    ["that is none", "DTSTART:soon", undefined],
  ])("has a time %s", (_name, line, expected) => {
    expect(event(line, "SUMMARY:x")?.start?.at.toISOString()).toBe(expected);
  });

  it("has the zone that it describes itself", () => {
    const text = [
      "BEGIN:VTIMEZONE",
      "TZID:Mine",
      "BEGIN:STANDARD",
      "TZOFFSETTO:+0530",
      "END:STANDARD",
      "END:VTIMEZONE",
      "BEGIN:VEVENT",
      "DTSTART;TZID=Mine:20261123T100000",
      "END:VEVENT",
    ].join("\n");
    expect(readCalendar(text)?.start?.at.toISOString()).toBe("2026-11-23T04:30:00.000Z");
  });

  it("may say how long it takes", () => {
    expect(event("DTSTART:20261123T100000Z", "DURATION:PT1H30M")?.end?.at.toISOString()).toBe(
      "2026-11-23T11:30:00.000Z",
    );
  });

  it("is none without an event", () => {
    expect(readCalendar("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR")).toBeNull();
  });
});

describe("a report", () => {
  const lines = (original: string[]) => [
    from,
    'Content-Type: multipart/report; report-type="delivery-status"; boundary=b',
    "",
    "--b",
    "",
    "It was not delivered.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    "Final-Recipient: rfc822; jane@customer.example",
    "Diagnostic-Code: smtp; 550 5.1.1",
    "  no such user",
    "--b",
    ...original,
    "--b--",
  ];

  it("has its words, its part for machines and the mail that it is about", async () => {
    const found = await read(
      ...lines([
        "Content-Type: message/rfc822",
        "",
        "Message-ID: <1@shop.example>",
        "Subject: =?utf-8?Q?=C3=A4?=",
        "",
        "Our words.",
      ]),
    );
    expect(found.text).toBe("It was not delivered.");
    expect(found.report).toMatchObject({ type: "delivery-status", originalMessageId: "1@shop.example" });
    expect(found.report?.status).toBe(
      "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; jane@customer.example\nDiagnostic-Code: smtp; 550 5.1.1 no such user",
    );
    expect(found.report?.originalHeaders?.get("subject")).toEqual(["ä"]);
    expect(found.files.map(({ from: part }) => part)).toEqual(["message"]);
  });

  it("may return headers only, or nothing", async () => {
    const headers = await read(...lines(["Content-Type: text/rfc822-headers", "", "Message-ID: <1@shop.example>"]));
    expect([headers.report?.originalMessageId, headers.files]).toEqual(["1@shop.example", []]);
    const none = await read(...lines(["Content-Type: text/plain", "", "x"]));
    expect(none.report).toMatchObject({ originalMessageId: null, originalHeaders: null });
  });

  it("is none of a mail that only talks of one", async () => {
    expect((await read(from, "Subject: Undelivered Mail Returned to Sender", "", "x")).report).toBeNull();
  });
});
