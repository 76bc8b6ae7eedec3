import { set } from "../loader/storage";
import type { AttachmentView, Loader, MessageView, ServerFrame, StateAnswer, WidgetSettings } from "../protocol";
import { Connection } from "./connection";
import {
  empty,
  hasNotWritten,
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
import { Outbox, readOutbox, type Sent, writeOutbox } from "./outbox";
import { persistently } from "./persist";
import { answerWithin, type Place, readState } from "./read-state";
import { Receipts } from "./receipts";
import { requests } from "./requests";
import { chime } from "./sound";
import { agreedTo, type Texts } from "./texts";

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
  private readonly receipts: Receipts;
  private typedAt = 0;
  /** After which message this page is missing some, until it has them; live ones may have come behind them. */
  private missing: Place | null = null;
  private readonly outbox: Outbox;
  readonly ask: ReturnType<typeof requests>;

  constructor(
    readonly loader: Loader,
    readonly texts: Texts,
  ) {
    this.receipts = new Receipts(loader);
    this.outbox = new Outbox({
      waiting: () => this.model.unsent,
      post: (unsent) => this.post(unsent),
      failed: (clientKey, failure, refused) => this.change(withFailure(this.model, clientKey, failure, refused)),
      silence: texts.failed,
    });
    this.ask = requests({
      loader,
      texts,
      model: () => this.model,
      change: (model) => this.change(model),
      again: () => this.connection?.again(),
    });
    loader.permissionChanged = () => this.tell();
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
      this.take(state ?? (await readState(this.loader, "")), true);
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
    set("sessionStorage", "open", isOpen ? location.pathname : null);
    this.look();
    this.tell();
  }

  /** Older messages than those shown. */
  async older(): Promise<void> {
    const first = this.model.messages[0];
    if (first)
      this.take(await readState(this.loader, `?conversation=${first.conversationId}&before=${first.position}`), false);
  }

  say(text: string, attachments: AttachmentView[], about: { name?: string; email?: string }): void {
    const unsent = { clientKey: crypto.randomUUID(), text, attachments, at: Date.now(), failure: "", about };
    this.change(withUnsent(this.model, unsent));
    this.sendAll();
  }

  retry(clientKey: string): void {
    this.change(withFailure(this.model, clientKey, ""));
    this.sendAll();
  }

  discard(clientKey: string): void {
    this.change(withoutUnsent(this.model, clientKey));
    this.sendAll();
  }

  typing(): void {
    const { conversation } = this.model;
    if (!conversation || Date.now() - this.typedAt < 3_000) return;
    this.typedAt = Date.now();
    this.connection?.send({ type: "typing", conversationId: conversation.id });
  }

  private async post(unsent: Unsent): Promise<Sent> {
    const body = {
      conversationId: this.model.conversation?.id ?? null,
      clientKey: unsent.clientKey,
      text: unsent.text,
      attachmentIds: unsent.attachments.map((each) => each.id),
      ...unsent.about,
      ...(this.model.visitor.consented ? {} : agreedTo(this.texts)),
    };
    const response = await this.loader.call("/storefront/messages", body, answerWithin());
    const { status } = response;
    if (response.ok) {
      const { message, state } = (await response.json()) as { message: MessageView; state: StateAnswer | null };
      this.remember();
      if (state) this.take(state, !this.model.conversation);
      this.change(withoutUnsent(withMessages(this.model, [message]), unsent.clientKey));
      return { done: true };
    }
    if (status >= 500) return null;
    const said = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
    const why = status === 429 ? this.texts.wait : status === 422 ? said?.error?.message : "";
    return { done: false, failure: why || this.texts.failed, refused: status !== 429 };
  }

  /** Tries everything that waits once more, but what the app has refused. */
  private sendAll(): void {
    for (const { clientKey, failure, refused } of this.model.unsent) {
      if (failure && !refused) this.change(withFailure(this.model, clientKey, ""));
    }
    void this.outbox.send();
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
        if (state === "on" && again) this.catchUp();
      },
    });
  }

  /** After a lost line: the cursor has brought what the log had; this proves it and sends what waited here. */
  private catchUp(): void {
    this.missing ??= this.last();
    this.readMissing();
    this.sendAll();
  }

  /** Page by page, since the app gives only so many messages at once. */
  private readonly readMissing = persistently(async () => {
    let from = this.missing ?? this.last();
    while (from && from.conversationId === this.model.conversation?.id) {
      this.missing = from;
      const state = await readState(this.loader, `?conversation=${from.conversationId}&after=${from.position}`);
      // Another chat may have taken its place meanwhile.
      if (from.conversationId !== this.model.conversation?.id) break;
      this.take(state, false);
      const last: Place | undefined = state.conversation?.messages.at(-1);
      if (!last || last.position <= from.position) break;
      from = last;
    }
    if (!from || from.conversationId !== this.model.conversation?.id)
      this.take(await readState(this.loader, ""), false);
    this.missing = null;
  });

  private last(): Place | null {
    return this.model.messages.at(-1) ?? null;
  }

  /** A chat was begun that this page has not read: on another device, or by staff. */
  private readonly readUnknown = persistently(async () => this.take(await readState(this.loader, ""), false));

  private hear(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.change({ ...this.model, cursor: frame.cursor });
        return;
      case "reset":
        this.change({ ...this.model, cursor: frame.cursor });
        this.catchUp();
        return;
      case "events": {
        const before = newestFromShop(this.model);
        const { model, unknown } = withEvents(this.model, frame.events);
        this.change({ ...model, cursor: frame.cursor });
        if (unknown) this.readUnknown();
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
        if (frame.someoneThere !== this.model.someoneThere) {
          this.change({ ...this.model, someoneThere: frame.someoneThere });
        }
        return;
    }
  }

  private arrived(): void {
    if (!this.isOpen || document.hidden) chime();
    this.look();
  }

  private take(state: StateAnswer, takeCursor: boolean): void {
    this.change(withState(this.model, state, takeCursor));
    // What staff began comes back with their permission; what is the shopper's comes back by itself.
    if (this.model.conversation && !hasNotWritten(this.model)) this.remember();
  }

  /** The shopper has a chat: the next pages bring it back. */
  private remember(): void {
    set("localStorage", "chat", "1");
  }

  /** Tells the app, and the other tabs, what has come and what the shopper has seen of it. */
  private look(): void {
    const { conversation } = this.model;
    const position = newestFromShop(this.model);
    if (!conversation || position === 0) return;
    if (this.receipts.tell(conversation, position, this.isOpen && !document.hidden)) {
      this.change(withSeen(this.model, position));
      this.tabs?.postMessage(position);
    }
  }

  private change(model: Model): void {
    if (model === this.model) return;
    this.model = model;
    writeOutbox(model.unsent);
    const count = this.isOpen ? 0 : unread(model);
    (this.loader.root.querySelector("i") as HTMLElement).textContent = count > 0 ? String(Math.min(count, 99)) : "";
    this.loader.button.ariaDescription = count > 0 ? `${this.texts.new_messages}: ${count}` : null;
    this.tell();
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
  }
}
