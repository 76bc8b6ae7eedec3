import { z } from "zod";
import { json, type Surroundings } from "../provider";
import { accountsOf, furtherAccounts } from "./accounts";
import { statusOf } from "./cloud-api";
import { shapes } from "./shapes";
import { type Attachment, add, messageOf, newIdOf, type Person, type State, type Thread, threadOf } from "./state";
import { inChange, inEvent, type Teller } from "./tell";

type Word = keyof typeof shapes;

/** Meta's own inbox is an app too: echoes of what is written there name it. */
const inboxApp = 263902037430900;

/** Plays shoppers: changes what Meta has, and tells the app. */
export class Shopper {
  constructor(
    private readonly state: State,
    private readonly teller: Teller,
    private readonly around: Surroundings,
  ) {}

  async control(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const word = url.pathname.slice(1);
    if (request.method === "GET") return this.show(word, url.searchParams);
    if (!(word in shapes)) return json({ error: "There is no such control." }, 404);
    const read = shapes[word as Word].safeParse(await request.json().catch(() => null));
    if (!read.success) return json({ error: z.prettifyError(read.error) }, 422);
    const verbs = this as unknown as Record<string, (input: unknown) => object | null>;
    const done = verbs[word === "delete" ? "unsend" : word]?.call(this, read.data);
    return done ? json(done) : json({ error: "That is not there." }, 404);
  }

  private show(word: string, query: URLSearchParams): Response {
    if (word === "accounts") return json({ accounts: accountsOf(this.state) });
    if (word === "people") return json({ people: this.state.people });
    const wanted = (name: "kind" | "account" | "person", one: Thread) =>
      !query.get(name) || query.get(name) === one[name];
    const threads = this.state.threads.filter((one) =>
      (["kind", "account", "person"] as const).every((name) => wanted(name, one)),
    );
    return word === "threads" ? json({ threads }) : json({ error: "There is no such control." }, 404);
  }

  accounts({ number }: z.output<typeof shapes.accounts>): object {
    const { page, phone } = furtherAccounts(number);
    if (!this.state.pages.some(({ id }) => id === page.id)) {
      this.state.pages.push(page);
      this.state.numbers.push(phone);
    }
    return { accounts: accountsOf(this.state).filter(({ number: of }) => of === number) };
  }

  people(given: z.output<typeof shapes.people>): Person {
    const made = String(Math.floor(this.state.count * 7919) % 100_000_000).padStart(8, "0");
    this.state.count += 1;
    const forms = { instagram: `91000${made}000`, messenger: `61000${made}000`, whatsapp: `4520${made.slice(-6)}` };
    const id = given.id ?? forms[given.kind];
    const person = { kind: given.kind, id, name: given.name, username: given.username ?? null, blocks: false };
    if (!this.state.people.some((one) => one.kind === given.kind && one.id === id)) this.state.people.push(person);
    return person;
  }

  say(given: z.output<typeof shapes.say>): object {
    const thread = this.threadFor(given);
    const attachments = this.attachmentsOf(given);
    const message = add(this.state, thread, this.around.clock(), {
      by: "person",
      text: given.text,
      attachments,
      extra: extraOf(given, thread),
    });
    if (given.kind === "whatsapp")
      void this.teller.whatsApp(thread, { messages: [inChange(message, thread.person, this.state)] });
    else void this.teller.messaging(thread, { message: inEvent(given.kind, message) });
    return { id: message.id };
  }

  private attachmentsOf({ kind: on, file: given, story, as }: z.output<typeof shapes.say>): Attachment[] {
    const found: Attachment[] = [];
    if (given) {
      const mediaId = newIdOf(this.state, "media");
      this.state.media[mediaId] = given;
      const family = given.mediaType.split("/", 1)[0] ?? "";
      const other = on === "whatsapp" ? "document" : "file";
      found.push({ type: ["image", "video", "audio"].includes(family) ? family : other, mediaId, payload: {} });
    }
    if (story === "mention")
      found.push({ type: "story_mention", mediaId: null, payload: { url: "https://scontent.fbcdn.net/v/story" } });
    if (as) {
      const payload = Array.isArray(as.value) ? { list: as.value } : (as.value as Record<string, unknown>);
      found.push({ type: as.type, mediaId: null, payload });
    }
    return found;
  }

  press({ title, payload, ...to }: z.output<typeof shapes.press>): object {
    const thread = this.threadFor(to);
    const message = add(this.state, thread, this.around.clock(), { by: "person", text: title });
    if (to.kind === "whatsapp") {
      const pressed = {
        ...inChange(message, thread.person, this.state),
        type: "button",
        text: undefined,
        button: { text: title, payload },
      };
      void this.teller.whatsApp(thread, { messages: [pressed] });
    } else void this.teller.messaging(thread, { message: { ...inEvent(to.kind, message), quick_reply: { payload } } });
    return { id: message.id };
  }

  react({ message: id, emoji }: z.output<typeof shapes.react>): object | null {
    const found = messageOf(this.state, id);
    if (!found) return null;
    const { thread, message } = found;
    message.reaction = emoji;
    if (thread.kind === "whatsapp") {
      const reaction = { message_id: id, ...(emoji ? { emoji } : {}) };
      void this.teller.whatsApp(thread, { messages: [{ ...this.fact(thread), type: "reaction", reaction }] });
    } else {
      const reaction = emoji ? { mid: id, action: "react", reaction: "other", emoji } : { mid: id, action: "unreact" };
      void this.teller.messaging(thread, { reaction });
    }
    return {};
  }

  unsend({ message: id }: z.output<typeof shapes.delete>): object | null {
    const found = messageOf(this.state, id);
    if (!found) return null;
    const { thread, message } = found;
    Object.assign(message, { deleted: true, text: "", attachments: [] });
    if (thread.kind === "whatsapp") {
      void this.teller.whatsApp(thread, {
        messages: [{ ...this.fact(thread), type: "revoke", revoke: { original_message_id: id } }],
      });
    } else void this.teller.messaging(thread, { message: { mid: id, is_deleted: true } });
    return {};
  }

  edit({ message: id, text }: z.output<typeof shapes.edit>): object | null {
    const found = messageOf(this.state, id);
    if (!found) return null;
    const { thread, message } = found;
    message.text = text;
    message.edits += 1;
    if (thread.kind === "whatsapp") {
      const edit = { original_message_id: id, message: { type: "text", text: { body: text } } };
      void this.teller.whatsApp(thread, { messages: [{ ...this.fact(thread), type: "edit", edit }] });
    } else void this.teller.messaging(thread, { message_edit: { mid: id, text, num_edit: message.edits } });
    return {};
  }

  read(to: z.output<typeof shapes.read>): object {
    const thread = this.threadFor(to);
    const now = this.around.clock();
    const unread = thread.messages.filter((one) => one.by === "business" && one.state !== "read");
    for (const message of unread) message.state = "read";
    if (to.kind === "whatsapp") {
      for (const { id, key } of unread)
        void this.teller.whatsApp(thread, { statuses: [statusOf(id, "read", thread.person, key, now)] });
    } else {
      const last = thread.messages.findLast((one) => one.by === "business");
      const read = to.kind === "instagram" ? { mid: last?.id } : { watermark: now.getTime() };
      if (last) void this.teller.messaging(thread, { read });
    }
    return { read: unread.length };
  }

  tell({ message: id, state, ...to }: z.output<typeof shapes.tell>): object {
    const thread = this.threadFor(to);
    const now = this.around.clock();
    const key = messageOf(this.state, id)?.message.key ?? null;
    if (to.kind === "whatsapp") {
      const errors = [{ code: 131026, title: "Message undeliverable" }];
      const status = statusOf(id, state, thread.person, key, now, state === "failed" ? { errors } : {});
      void this.teller.whatsApp(thread, { statuses: [status] });
    } else if (state === "delivered") {
      void this.teller.messaging(thread, { delivery: { mids: [id], watermark: now.getTime() } });
    } else if (state === "read") {
      void this.teller.messaging(thread, {
        read: to.kind === "instagram" ? { mid: id } : { watermark: now.getTime() },
      });
    }
    return {};
  }

  elsewhere({ text, ...to }: z.output<typeof shapes.elsewhere>): object {
    const thread = this.threadFor(to);
    const message = add(this.state, thread, this.around.clock(), { by: "business", text });
    if (to.kind === "whatsapp") {
      const {
        from: _from,
        from_user_id: _id,
        ...fact
      } = inChange(message, thread.person, this.state) as Record<string, unknown>;
      void this.teller.whatsApp(thread, { message_echoes: [{ ...fact, to: thread.person }] }, "smb_message_echoes");
    } else {
      const from = to.kind === "messenger" ? { app_id: inboxApp } : {};
      void this.teller.messaging(
        thread,
        { message: { ...inEvent(to.kind, message), is_echo: true, ...from } },
        "business",
      );
    }
    return { id: message.id };
  }

  expire({ hours, ...to }: z.output<typeof shapes.expire>): object {
    const thread = this.threadFor(to);
    thread.lastInAt = new Date(this.around.clock().getTime() - hours * 3_600_000).toISOString();
    return { lastInAt: thread.lastInAt };
  }

  block({ kind: on, person, blocks }: z.output<typeof shapes.block>): object | null {
    const found = this.state.people.find((one) => one.kind === on && one.id === person);
    return found ? Object.assign(found, { blocks }) : null;
  }

  move({ person, to }: z.output<typeof shapes.move>): object | null {
    const thread = this.state.threads.find((one) => one.kind === "whatsapp" && one.person === person);
    if (!thread) return null;
    const system = { body: `User changed from ${person} to ${to}`, wa_id: to, type: "user_changed_number" };
    void this.teller.whatsApp(thread, { messages: [{ ...this.fact(thread), type: "system", system }] });
    const found = this.state.people.find((one) => one.kind === "whatsapp" && one.id === person);
    if (found) this.people({ ...found, username: found.username, id: to });
    return {};
  }

  token({ token, ended }: z.output<typeof shapes.token>): object {
    this.state.ended = this.state.ended.filter((one) => one !== token).concat(ended ? [token] : []);
    return {};
  }

  private fact(thread: Thread): object {
    const timestamp = String(Math.floor(this.around.clock().getTime() / 1000));
    return { from: thread.person, id: newIdOf(this.state, "whatsapp"), timestamp };
  }

  private threadFor(to: { kind: Thread["kind"]; account?: string | undefined; person: string }): Thread {
    const [page] = this.state.pages;
    const first = { messenger: page?.id, instagram: page?.instagram.id, whatsapp: this.state.numbers[0]?.id }[to.kind];
    return threadOf(this.state, to.kind, to.account ?? first ?? "", to.person);
  }
}

function extraOf(
  { kind: on, replyTo, story, referral }: z.output<typeof shapes.say>,
  thread: Thread,
): Record<string, unknown> {
  if (on === "whatsapp") {
    return {
      ...(replyTo ? { context: { from: thread.account, id: replyTo } } : {}),
      ...(referral
        ? {
            referral: {
              source_type: "ad",
              source_id: referral.ref,
              source_url: "https://fb.me/local",
              headline: referral.headline,
            },
          }
        : {}),
    };
  }
  return {
    ...(replyTo ? { reply_to: { mid: replyTo } } : {}),
    ...(story === "reply" ? { reply_to: { story: { id: "1", url: "https://scontent.fbcdn.net/v/story" } } } : {}),
    ...(referral
      ? {
          referral: {
            source: "ADS",
            type: "OPEN_THREAD",
            ref: referral.ref,
            ads_context_data: { ad_title: referral.headline },
          },
        }
      : {}),
  };
}
