import { createSocket, type Socket } from "node:dgram";
import { decode, encode, type Packet } from "dns-packet";

export interface LocalDns {
  port: number;
  close(): Promise<void>;
}

/** The text that stands at a name, or null where the name has none. */
export type TextAt = (name: string) => string | null;

/**
 * A name server on the loopback address that knows the texts of a few made-up domains: keys of signed mail and what their
 * owners say of forged ones. Every other name does not exist. Port 0 takes a free one; rejects when it is taken.
 */
export async function startDns(port: number, textAt: TextAt): Promise<LocalDns> {
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const answer = answerTo(message, textAt);
    if (answer) socket.send(answer, from.port, from.address);
  });
  await listening(socket, port);
  return {
    port: socket.address().port,
    close: () => new Promise((done) => socket.close(() => done())),
  };
}

function answerTo(message: Buffer, textAt: TextAt): Buffer | null {
  let asked: Packet;
  try {
    asked = decode(message);
  } catch {
    return null;
  }
  const [question] = asked.questions ?? [];
  if (!question) return null;
  const text = textAt(question.name.toLowerCase());
  const has = text !== null && question.type === "TXT";
  // A string in a record has at most 255 bytes (RFC 1035, section 3.3.14): a long key is several.
  const data = (text ?? "").match(/.{1,250}/g) ?? [""];
  return encode({
    type: "response",
    id: asked.id ?? 0,
    // Recursion available, authoritative; 3 is "no such name".
    flags: 0x0480 | (text === null ? 3 : 0),
    questions: [question],
    answers: has ? [{ type: "TXT", name: question.name, ttl: 60, data }] : [],
  } as Packet);
}

function listening(socket: Socket, port: number): Promise<void> {
  return new Promise((done, fail) => {
    socket.once("error", fail);
    socket.bind(port, "127.0.0.1", () => {
      socket.off("error", fail);
      done();
    });
  });
}
