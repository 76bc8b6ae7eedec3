import { get, set } from "../loader/storage";
import type { AttachmentView, Loader, MessageView, ServerFrame, StateAnswer, WidgetSettings } from "../protocol";
import { Connection } from "./connection";
import {
  empty,
  type Model,
  newestFromShop,
  typingMilliseconds,
  type Unsent,
  unread,
  withEvents,
  withFailure,
  withMessages,
  withoutUnsent,
  withSeen,
  withState,
  withUnsent,
} from "./model";
import { chime } from "./sound";
import { fill, type Texts } from "./texts";

/** The chat's state and everything that changes it. */
export class Store {
  model: Model = empty;
  settings: WidgetSettings = { displayName: "", privacyUrl: null, awayMessage: "", hoursText: "" };
  /** loading until the first answer; off while the line is lost. */
  line: "loading" | "on" | "off" | "failed" = "loading";
  isOpen = false;
  /** The shopper has just opened it, so it may take the focus; one that a new page brings back must not. */
  takesFocus = false;

  private readonly watchers = new Set<() => void>();
  private connection: Connection | null = null;
  private readonly tabs = "BroadcastChannel" in window ? new BroadcastChannel("throughline") : null;
  private delivered = 0;
  private typedAt = 0;
  private sending = new Set<string>();

  constructor(
    readonly loader: Loader,
    readonly texts: Texts,
  ) {
    if (this.tabs) this.tabs.onmessage = ({ data }) => this.change(withSeen(this.model, Number(data) || 0));
    loader.becameAnother = (state) => {
      this.change(withState(empty, state, true));
      // The line still speaks for the one before.
      this.connection?.again();
    };
    addEventListener("online", () => {
      this.sendAll();
      this.tell();
    });
    addEventListener("offline", () => this.tell());
    document.addEventListener("visibilitychange", () => this.look());
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Reads the chat's state and opens the line. */
  async begin(): Promise<void> {
    this.line = "loading";
    this.tell();
    try {
      const { pass, state } = await this.loader.session();
      this.settings = pass.settings;
      // Only now: a session that is another person's has thrown it away.
      for (const unsent of readOutbox()) this.model = withUnsent(this.model, unsent);
      this.take(state ?? (await this.read("")), true);
      this.line = "on";
      this.connect();
      this.sendAll();
    } catch {
      this.line = "failed";
    }
    this.look();
    this.tell();
  }

  open(isOpen: boolean, byShopper: boolean): void {
    this.isOpen = isOpen;
    this.takesFocus = isOpen && byShopper;
    set("sessionStorage", "open", isOpen ? "1" : null);
    this.look();
    this.tell();
  }

  /** Older messages than those shown. */
  async older(): Promise<void> {
    const first = this.model.messages[0];
    if (first) this.take(await this.read(`?conversation=${first.conversationId}&before=${first.position}`), false);
  }

  say(text: string, attachments: AttachmentView[], about: { name?: string; email?: string }): void {
    const unsent = { clientKey: crypto.randomUUID(), text, attachments, at: Date.now(), failure: "" };
    this.change(withUnsent(this.model, unsent));
    void this.send(unsent, about);
  }

  retry(clientKey: string): void {
    const unsent = this.model.unsent.find((each) => each.clientKey === clientKey);
    if (!unsent) return;
    this.change(withFailure(this.model, clientKey, ""));
    void this.send(unsent, {});
  }

  discard(clientKey: string): void {
    this.change(withoutUnsent(this.model, clientKey));
  }

  typing(): void {
    const { conversation } = this.model;
    if (!conversation || Date.now() - this.typedAt < 3_000) return;
    this.typedAt = Date.now();
    this.connection?.send({ type: "typing", conversationId: conversation.id });
  }

  /** Keeps an e-mail address to answer to. Gives a sentence when it was not taken. */
  async contact(email: string): Promise<string> {
    const response = await this.loader.call("/storefront/contact", { email }).catch(() => null);
    if (response?.ok) {
      this.change({ ...this.model, visitor: { ...this.model.visitor, hasEmail: true } });
      return "";
    }
    return response?.status === 422 ? this.texts.email_invalid : this.texts.wait;
  }

  private async send(unsent: Unsent, about: { name?: string; email?: string }): Promise<void> {
    if (this.sending.has(unsent.clientKey)) return;
    this.sending.add(unsent.clientKey);
    try {
      const response = await this.loader.call("/storefront/messages", {
        conversationId: this.model.conversation?.id ?? null,
        clientKey: unsent.clientKey,
        text: unsent.text,
        attachmentIds: unsent.attachments.map((each) => each.id),
        ...about,
      });
      if (response.ok) {
        this.loader.chatStarted();
        const { message, state } = (await response.json()) as { message: MessageView; state: StateAnswer | null };
        if (state) this.take(state, !this.model.conversation);
        this.change(withMessages(this.model, [message]));
        return;
      }
      const said = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
      const why = response.status === 429 ? this.texts.wait : response.status === 422 ? said?.error?.message : "";
      const refused = response.status < 500 && response.status !== 429;
      this.change(withFailure(this.model, unsent.clientKey, why || this.texts.failed, refused));
    } catch {
      // No answer: it may have arrived. Sending it again with the same key is harmless.
      if (navigator.onLine) this.change(withFailure(this.model, unsent.clientKey, this.texts.failed));
    } finally {
      this.sending.delete(unsent.clientKey);
    }
  }

  private sendAll(): void {
    for (const unsent of this.model.unsent) if (!unsent.refused) this.retry(unsent.clientKey);
  }

  private async read(query: string): Promise<StateAnswer> {
    const response = await this.loader.call(`/storefront/state${query}`);
    if (!response.ok) throw response.status;
    return (await response.json()) as StateAnswer;
  }

  private connect(): void {
    this.connection ??= new Connection({
      pass: async (fresh) => {
        const { pass } = await this.loader.session(fresh);
        return { url: `${pass.origin.replace("http", "ws")}/realtime`, token: pass.token };
      },
      cursor: () => this.model.cursor,
      hear: (frame) => this.hear(frame),
      state: (state, again) => {
        this.line = state;
        this.tell();
        if (state === "on" && again) void this.catchUp();
      },
    });
  }

  /** After a lost line: the cursor has brought what the log had; this proves it and sends what waited here. */
  private async catchUp(): Promise<void> {
    const last = this.model.messages.at(-1);
    const query = last ? `?conversation=${last.conversationId}&after=${last.position}` : "";
    await this.read(query).then(
      (state) => this.take(state, false),
      () => {},
    );
    this.sendAll();
  }

  private hear(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.change({ ...this.model, cursor: frame.cursor });
        return;
      case "reset":
        this.change({ ...this.model, cursor: frame.cursor });
        void this.catchUp();
        return;
      case "events": {
        const before = newestFromShop(this.model);
        const { model, unknown } = withEvents(this.model, frame.events);
        this.change({ ...model, cursor: frame.cursor });
        if (unknown)
          void this.read("").then(
            (state) => this.take(state, false),
            () => {},
          );
        if (newestFromShop(this.model) > before) this.arrived();
        return;
      }
      case "typing":
        if (frame.conversationId === this.model.conversation?.id && frame.by === "staff") {
          const name = frame.name ?? this.settings.displayName;
          this.change({ ...this.model, typing: { name, until: Date.now() + typingMilliseconds } });
          setTimeout(() => {
            const { typing } = this.model;
            if (typing && typing.until <= Date.now()) this.change({ ...this.model, typing: null });
          }, typingMilliseconds + 50);
        }
        return;
      case "presence":
        this.change({ ...this.model, someoneThere: frame.someoneThere });
        return;
    }
  }

  private arrived(): void {
    if (!this.isOpen || document.hidden) chime();
    this.look();
  }

  private take(state: StateAnswer, takeCursor: boolean): void {
    this.change(withState(this.model, state, takeCursor));
    if (this.model.conversation) this.loader.chatStarted();
  }

  /** Tells the app, and the other tabs, what has come and what the shopper has seen of it. */
  private look(): void {
    const { conversation } = this.model;
    const position = newestFromShop(this.model);
    if (!conversation || position === 0) return;
    const told = { conversationId: conversation.id, position };
    if (this.isOpen && !document.hidden) {
      if (position <= conversation.shopperSeen) return;
      this.change(withSeen(this.model, position));
      this.delivered = position;
      this.tabs?.postMessage(position);
      void this.loader.call("/storefront/receipts", { ...told, what: "seen" }).catch(() => {});
    } else if (position > Math.max(this.delivered, conversation.shopperSeen)) {
      this.delivered = position;
      void this.loader.call("/storefront/receipts", { ...told, what: "delivered" }).catch(() => {});
    }
  }

  private change(model: Model): void {
    if (model === this.model) return;
    this.model = model;
    writeOutbox(model.unsent);
    const count = this.isOpen ? 0 : unread(model);
    this.loader.badge(count);
    this.loader.button.ariaDescription = count > 0 ? `${this.texts.new_messages}: ${count}` : null;
    this.tell();
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
  }
}

/** A file's place in the composer, or why it could not be sent. */
export async function uploadFile(loader: Loader, file: File, texts: Texts): Promise<AttachmentView> {
  if (file.size > 10 * 1024 * 1024) throw new Error(texts.too_large);
  const response = await loader
    .call(`/storefront/attachments?name=${encodeURIComponent(file.name)}`, file)
    .catch(() => null);
  if (response?.ok) return (await response.json()) as AttachmentView;
  const why: Record<number, string> = { 413: texts.too_large, 415: texts.wrong_kind, 429: texts.wait };
  throw new Error(why[response?.status ?? 0] ?? fill(texts.upload_failed, { name: file.name }));
}

function readOutbox(): Unsent[] {
  try {
    return JSON.parse(get("sessionStorage", "unsent") ?? "[]") as Unsent[];
  } catch {
    return [];
  }
}

function writeOutbox(unsent: Unsent[]): void {
  set("sessionStorage", "unsent", unsent.length > 0 ? JSON.stringify(unsent) : null);
}
