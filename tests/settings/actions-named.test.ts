import { expect, it } from "vitest";
import { actionsNamed } from "~/settings/actions-named";

it("finds actions by the words that the log shows", () => {
  expect(actionsNamed("merged")).toEqual({ actions: ["customer.merged"], rest: "" });
  expect(actionsNamed("Merge").actions).toEqual(["customer.merged", "customer.unmerged"]);
  expect(actionsNamed("withdrawal of a consent")).toEqual({ actions: ["consent.withdrawn"], rest: "" });
});

it("leaves the words that say to whom", () => {
  expect(actionsNamed("merged ada@example.com")).toEqual({ actions: ["customer.merged"], rest: "ada@example.com" });
  expect(actionsNamed("Ada Lovelace")).toEqual({ actions: [], rest: "Ada Lovelace" });
});

it("takes words that no one action has together for none", () => {
  expect(actionsNamed("merged consent")).toEqual({ actions: [], rest: "" });
});

it("does not read a word too short to mean an action", () => {
  expect(actionsNamed("a")).toEqual({ actions: [], rest: "a" });
});
