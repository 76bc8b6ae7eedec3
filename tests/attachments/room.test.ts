import { expect, it } from "vitest";
import { sizeOf, withRoom } from "~/attachments/room";

const megabytes = (count: number) => count * 1024 * 1024;

it("takes files in until there is no room, then says when to come back, and has room again afterwards", async () => {
  let finish: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const uploads = Array.from({ length: 10 }, () => withRoom(megabytes(10), () => waits));
  await expect(withRoom(1, async () => "in")).rejects.toMatchObject({ status: 503, headers: { "Retry-After": "5" } });
  finish();
  await Promise.all(uploads);
  expect(await withRoom(megabytes(10), async () => "in")).toBe("in");
  await expect(withRoom(megabytes(100), () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await withRoom(megabytes(100), async () => "in")).toBe("in");
});

it.each<[string | null, number]>([
  ["5", 5],
  ["5000", 1_000],
  ["-1", 1_000],
  ["many", 1_000],
  [null, 1_000],
])("keeps room for a body that says %s of at most 1000", (said, size) => {
  const request = new Request("http://app/", { headers: said === null ? {} : { "content-length": said } });
  expect(sizeOf(request, 1_000)).toBe(size);
});
