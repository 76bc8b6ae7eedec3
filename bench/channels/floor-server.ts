import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";

/**
 * The floor: the least that a door could do. It proves the HMAC of the body and keeps it by one INSERT. No account, no
 * second arrival, no job. `<port>`, DATABASE_URL, FLOOR_SECRET.
 */
const sql = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_CONNECTIONS) });
await sql.query(`CREATE TABLE IF NOT EXISTS "floor_webhook" ("id" bigserial PRIMARY KEY, "body" bytea NOT NULL)`);

createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", async () => {
    const body = Buffer.concat(pieces);
    const expected = createHmac("sha256", process.env.FLOOR_SECRET ?? "")
      .update(body)
      .digest();
    const given = Buffer.from(String(request.headers["x-hub-signature-256"]).replace("sha256=", ""), "hex");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return response.writeHead(401).end();
    await sql.query({ name: "keep", text: `INSERT INTO "floor_webhook" ("body") VALUES ($1)`, values: [body] });
    response.writeHead(200).end();
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
