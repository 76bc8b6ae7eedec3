import { createServer } from "node:http";
import pg from "pg";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * The floor: the least that a server on this machine could do. A text comes in on a bare socket, one INSERT keeps it,
 * and it goes out on the agents' sockets. No proof, no order, no log, no second process. `<port>`, DATABASE_URL.
 */
const sql = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_CONNECTIONS) });
await sql.query(
  `CREATE TABLE IF NOT EXISTS "floor_message" ("id" bigserial PRIMARY KEY, "conversation" int NOT NULL, "text" text NOT NULL)`,
);

const agents = new Set<WebSocket>();
const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket, request) => {
  if (request.url === "/agent") agents.add(socket);
  socket.on("message", async (data) => {
    const frame = JSON.parse(String(data)) as { key: string; conversation: number; text: string };
    await sql.query({
      name: "keep",
      text: `INSERT INTO "floor_message" ("conversation", "text") VALUES ($1, $2)`,
      values: [frame.conversation, frame.text],
    });
    const out = JSON.stringify(frame);
    for (const agent of agents) agent.send(out);
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
