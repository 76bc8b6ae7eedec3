import { describe, expect, it } from "vitest";
import { connectedKinds } from "~/channels/kinds";
import { operatorsDoor, toPaste } from "~/settings/channels/to-paste";
import "../../support/app";

const id = "01a2b3c4-0000-7000-8000-000000000001";
const origin = "http://127.0.0.1:4403";

describe("the address that a provider is given", () => {
  it.each([
    ["sms", `${origin}/channels/twilio/${id}`],
    ["voice", `${origin}/channels/voice/${id}/incoming`],
    ["x", `${origin}/channels/x/${id}`],
    ["api", `${origin}/channels/api/${id}`],
  ] as const)("of %s is the account's own", (kind, value) => {
    expect(toPaste(kind, id, {})).toEqual([{ what: "webhook", value }]);
    expect(operatorsDoor(kind)).toBeNull();
  });

  it("is there for every channel, the account's own or one for all", () => {
    const without = connectedKinds.filter(
      (kind) => toPaste(kind, id, { incoming: "http" }).length === 0 && !operatorsDoor(kind),
    );
    expect(without).toEqual([]);
  });
});
