import { once } from "node:events";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { orderLines } from "./orders";

/** `file-server.ts <file> <orders>`: writes the file, then hands it out with ranges, as a storage does. */
const [path = "", orders = "0"] = process.argv.slice(2);

const file = createWriteStream(path);
for (let number = 0; number < Number(orders); number += 200) {
  let text = "";
  for (let at = number; at < Math.min(number + 200, Number(orders)); at += 1) text += orderLines(at);
  if (!file.write(text)) await once(file, "drain");
}
file.end();
await once(file, "close");

const { size } = statSync(path);
const server = createServer((request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const range = start > 0 ? { "Content-Range": `bytes ${start}-${size - 1}/${size}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { "Content-Length": size - start, ...range });
  createReadStream(path, { start }).pipe(response);
});
server.listen(0, "127.0.0.1", () => process.send?.({ ready: true }));
process.on("message", () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders.jsonl`, size });
});
