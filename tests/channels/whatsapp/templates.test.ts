import { describe, expect, it } from "vitest";
import { Rejected } from "~/channels/channel";
import { componentsOf, readTemplate } from "~/channels/whatsapp/templates";

const template = (components: object[], more: object = {}) =>
  readTemplate({ name: "n", language: "en", category: "UTILITY", components, ...more });
const body = { type: "BODY", text: "Hello {{1}}, {{2}} is here. Yours, {{1}}" };

describe("a template of WhatsApp's", () => {
  it("asks for its values in order, header first, each once, and puts them where they go", () => {
    const read = template([
      body,
      { type: "HEADER", format: "TEXT", text: "Order {{1}}" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Ok" },
          { type: "URL", text: "See", url: "https://x.example/{{1}}" },
          { type: "COPY_CODE" },
        ],
      },
    ]);
    expect(read).toMatchObject({ header: "Order {{1}}", values: 5, buttons: ["Ok", "See", "Button"] });
    expect(read && componentsOf(read, ["7", "Mia", "it", "a1", "SAVE"])).toEqual([
      { type: "header", parameters: [{ type: "text", text: "7" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "Mia" },
          { type: "text", text: "it" },
        ],
      },
      { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "a1" }] },
      { type: "button", sub_type: "copy_code", index: "2", parameters: [{ type: "coupon_code", coupon_code: "SAVE" }] },
    ]);
  });

  it("with names instead of numbers gives each value its name", () => {
    const read = template([{ type: "BODY", text: "Hello {{first_name}}" }]);
    expect(read && componentsOf(read, ["Mia"])).toEqual([
      { type: "body", parameters: [{ type: "text", text: "Mia", parameter_name: "first_name" }] },
    ]);
  });

  it("with a picture at its head wants the address of one", () => {
    const read = template([
      { type: "HEADER", format: "IMAGE" },
      { type: "BODY", text: "Hi" },
    ]);
    expect(read && componentsOf(read, ["https://x.example/a.png"])).toEqual([
      { type: "header", parameters: [{ type: "image", image: { link: "https://x.example/a.png" } }] },
    ]);
    expect(() => read && componentsOf(read, ["file:///a"])).toThrow(Rejected);
  });

  it("is not sent with a value too few, too many or empty", () => {
    const read = template([body]);
    for (const values of [["Mia"], ["Mia", "it", "x"], ["Mia", " "]]) {
      expect(() => read && componentsOf(read, values)).toThrow(Rejected);
    }
  });

  it.each([
    ["to sign in", [{ type: "BODY", text: "{{1}}" }], { category: "AUTHENTICATION" }],
    ["a carousel", [{ type: "BODY", text: "x" }, { type: "CAROUSEL" }], {}],
    [
      "a form",
      [
        { type: "BODY", text: "x" },
        { type: "BUTTONS", buttons: [{ type: "FLOW", text: "x" }] },
      ],
      {},
    ],
  ])("that is %s is not offered", (_, components, more) => {
    expect(template(components, more)).toBeNull();
  });
});
