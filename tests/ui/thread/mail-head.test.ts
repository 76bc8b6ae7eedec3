import { expect, it } from "vitest";
import { boxWords } from "~/ui/thread/mail-head";

it("says in words what the signed address of a conversation is, and leaves people's addresses as they are", () => {
  const address = "g3osay5zpuamimv7+c.agracw7qfv3jpljq7x5cfmsnxu.s6nanph4rl7q@in.example.com";
  expect(boxWords({ name: null, address })).toBe("your store, in answer to this conversation");
  expect(boxWords({ name: address, address })).toBe("your store, in answer to this conversation");
  expect(boxWords({ name: "Ada", address: "ada+c.shop@example.com" })).toBe("Ada <ada+c.shop@example.com>");
});
