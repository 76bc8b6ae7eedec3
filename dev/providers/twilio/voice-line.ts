import type { TwilioWorld } from "./asked";
import { newSid } from "./state";
import { type Given, type Recording, type Room, type VoiceCall, wavOf } from "./voice-state";
import { readTwiml, type Verb } from "./voice-xml";

/** Milliseconds of a second on the line; null: nothing passes by itself, whoever plays the people says so. */
export type Pace = number | null;

/** The telephone network: calls that follow the app's TwiML, queues, rooms and recordings. */
export class Lines {
  readonly calls = new Map<string, VoiceCall>();
  readonly rooms = new Map<string, Room>();
  readonly recordings = new Map<string, Recording>();
  pace: Pace = 1_000;

  constructor(private readonly world: TwilioWorld) {}

  /** Has a call follow what the app says at an address, and leaves what it did before. */
  follow(call: VoiceCall, url: string, more: Record<string, string> = {}): void {
    const turn = this.turn(call);
    void this.ask(call, url, more, turn);
  }

  /** Ends a call, with all that follows for queues and rooms, and tells the app. */
  end(call: VoiceCall, status: string): void {
    if (this.isOver(call)) return;
    const { queue } = call;
    call.status = status;
    this.turn(call);
    call.queue = null;
    if (queue) void this.told(call, queue.action, { QueueResult: "hangup", QueueTime: this.seconds(queue.since) });
    this.tellStatus(call, "completed");
  }

  isOver(call: VoiceCall): boolean {
    return ["completed", "busy", "no-answer", "failed", "canceled"].includes(call.status);
  }

  /** The person picks up. */
  pickUp(call: VoiceCall): void {
    call.status = "in-progress";
    this.tellStatus(call, "answered");
    this.follow(call, call.url);
  }

  /** Takes somebody out of what they do: they hear something else now. */
  private turn(call: VoiceCall): number {
    call.turn += 1;
    call.go?.({ gone: true });
    call.go = null;
    call.waiting = { kind: "nothing" };
    this.leaveRooms(call);
    return call.turn;
  }

  private async ask(call: VoiceCall, url: string, more: Record<string, string>, turn: number): Promise<void> {
    const verbs = await this.told(call, url, more);
    if (call.turn !== turn) return;
    if (!verbs) call.heard.push("We are sorry, an application error has occurred.");
    const went = await this.run(call, verbs ?? [], turn);
    if (went === "end" && call.turn === turn) this.end(call, "completed");
  }

  /** "end": nothing follows. "left": out of the queue by <Leave>. "elsewhere": something else has begun. */
  private async run(call: VoiceCall, verbs: Verb[], turn: number): Promise<"end" | "left" | "elsewhere"> {
    for (const verb of verbs) {
      const went = await this.one(call, verb, turn);
      if (call.turn !== turn) return "elsewhere";
      if (went) return went;
    }
    return "end";
  }

  private async one(call: VoiceCall, verb: Verb, turn: number): Promise<"left" | "elsewhere" | null> {
    const { attributes } = verb;
    switch (verb.name) {
      case "Say":
      case "Play":
        call.heard.push(verb.text.trim());
        return null;
      case "Pause":
        await this.until(call, { kind: "pause" }, Number(attributes.length ?? 1));
        return null;
      case "Gather": {
        for (const prompt of verb.children) if (prompt.name !== "Pause") await this.one(call, prompt, turn);
        const given = await this.until(call, { kind: "key" }, Number(attributes.timeout ?? 5));
        if (!("key" in given)) return null;
        return this.on(call, attributes.action, { Digits: given.key }, turn);
      }
      case "Redirect":
        return this.on(call, verb.text.trim(), {}, turn);
      case "Hangup":
        this.end(call, "completed");
        return "elsewhere";
      case "Leave":
        return "left";
      case "Enqueue":
        return this.enqueue(call, verb, turn);
      case "Record":
        return this.record(call, verb, turn);
      case "Dial":
        return this.dial(call, verb, turn);
      default:
        return null;
    }
  }

  /** Goes on in another document; in a queue, the answer of a key pressed there belongs to the same waiting. */
  private async on(
    call: VoiceCall,
    url: string | undefined,
    more: Record<string, string>,
    turn: number,
  ): Promise<"left" | "elsewhere" | null> {
    const verbs = (await this.told(call, url ?? "", more)) ?? [];
    if (call.turn !== turn) return "elsewhere";
    const went = await this.run(call, verbs, turn);
    if (went !== "end" || call.queue) return went === "end" ? "elsewhere" : went;
    if (call.turn === turn) this.end(call, "completed");
    return "elsewhere";
  }

  private async enqueue(call: VoiceCall, verb: Verb, turn: number): Promise<"elsewhere"> {
    const { waitUrl = "", action = "" } = verb.attributes;
    const since = this.world.clock().getTime();
    const name = verb.text.trim();
    call.queue = { name, since, action };
    while (call.turn === turn) {
      const place = this.inQueue(name).indexOf(call) + 1;
      const about = { QueuePosition: String(place), QueueTime: this.seconds(since) };
      const verbs = (await this.told(call, waitUrl, about)) ?? [];
      if (call.turn !== turn) return "elsewhere";
      if ((await this.run(call, verbs, turn)) !== "left") continue;
      call.queue = null;
      await this.ask(call, action, { QueueResult: "leave", QueueTime: this.seconds(since) }, turn);
    }
    return "elsewhere";
  }

  /** Who waits there, the first first. */
  inQueue(name: string): VoiceCall[] {
    return [...this.calls.values()].filter((one) => one.queue?.name === name);
  }

  private async record(call: VoiceCall, verb: Verb, turn: number): Promise<"left" | "elsewhere" | null> {
    const { attributes } = verb;
    const given = await this.until(call, { kind: "message" }, Number(attributes.timeout ?? 5));
    // Also whoever hangs up after they spoke has left a message; here they speak and are done.
    if (!("spoke" in given)) return null;
    const { text, seconds } = given.spoke;
    const recording = this.newRecording(call, seconds);
    const about = {
      RecordingSid: recording.sid,
      RecordingDuration: String(seconds),
      RecordingUrl: this.urlOf(recording),
    };
    if (attributes.transcribe === "true" && attributes.transcribeCallback) {
      const words = { TranscriptionText: text, TranscriptionStatus: text ? "completed" : "failed" };
      void this.told(call, attributes.transcribeCallback, { ...about, ...words });
    }
    if (attributes.recordingStatusCallback) {
      void this.told(call, attributes.recordingStatusCallback, { ...about, RecordingStatus: "completed" });
    }
    return attributes.action ? this.on(call, attributes.action, about, turn) : null;
  }

  private async dial(call: VoiceCall, verb: Verb, turn: number): Promise<"left" | "elsewhere" | null> {
    const conference = verb.children.find((one) => one.name === "Conference");
    if (!conference) return null;
    this.join(call, conference);
    await this.until(call, { kind: "room", name: conference.text.trim() }, Number.POSITIVE_INFINITY);
    if (call.turn !== turn) return "elsewhere";
    return verb.attributes.action ? this.on(call, verb.attributes.action, { DialCallStatus: "completed" }, turn) : null;
  }

  private join(call: VoiceCall, { attributes, text }: Verb): void {
    const name = text.trim();
    const key = `${call.account.sid} ${name}`;
    const since = this.world.clock().getTime();
    const fresh = { sid: newSid("CF"), name, account: call.account, participants: [], recording: null, since };
    const room: Room = this.rooms.get(key) ?? fresh;
    this.rooms.set(key, room);
    room.participants.push({ call, hold: false, endsRoom: attributes.endConferenceOnExit === "true" });
    if (attributes.record && attributes.record !== "do-not-record" && attributes.recordingStatusCallback) {
      room.recording ??= { callback: attributes.recordingStatusCallback };
    }
    if (attributes.statusCallback) {
      const about = { ConferenceSid: room.sid, FriendlyName: name, StatusCallbackEvent: "participant-join" };
      void this.told(call, attributes.statusCallback, about);
    }
  }

  private leaveRooms(call: VoiceCall): void {
    for (const [key, room] of this.rooms) {
      const mine = room.participants.find((one) => one.call === call);
      if (!mine) continue;
      room.participants = room.participants.filter((one) => one !== mine);
      if (!mine.endsRoom && room.participants.length > 0) continue;
      this.rooms.delete(key);
      if (room.recording) {
        const seconds = Math.max(1, Number(this.seconds(room.since)));
        const { sid } = this.newRecording(call, seconds);
        const about = {
          RecordingSid: sid,
          RecordingDuration: String(seconds),
          RecordingStatus: "completed",
          ConferenceSid: room.sid,
        };
        void this.told(call, room.recording.callback, about);
      }
      for (const other of room.participants) other.call.go?.({ silence: true });
    }
  }

  private newRecording(call: VoiceCall, seconds: number): Recording {
    const recording = { sid: newSid("RE"), account: call.account, callSid: call.sid, seconds, deleted: false };
    this.recordings.set(recording.sid, recording);
    return recording;
  }

  soundOf({ seconds }: Recording): Uint8Array {
    return wavOf(Math.min(seconds, 20));
  }

  private urlOf({ account, sid }: Recording): string {
    return `https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Recordings/${sid}`;
  }

  private until(call: VoiceCall, waiting: VoiceCall["waiting"], seconds: number): Promise<Given> {
    call.waiting = waiting;
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | null = null;
      call.go = (given) => {
        if (timer) clearTimeout(timer);
        call.go = null;
        call.waiting = { kind: "nothing" };
        resolve(given);
      };
      if (this.pace === null || !Number.isFinite(seconds)) return;
      timer = setTimeout(() => call.go?.({ silence: true }), seconds * this.pace);
      timer.unref();
    });
  }

  private tellStatus(call: VoiceCall, event: "answered" | "completed"): void {
    if (!call.callback || (call.events.length > 0 && !call.events.includes(event))) return;
    void this.told(call, call.callback, { CallDuration: "1" });
  }

  private seconds(since: number): string {
    return String(Math.round((this.world.clock().getTime() - since) / 1_000));
  }

  /** Posts to the app as Twilio does; the verbs of its answer, null for none that can be read. */
  async told(call: VoiceCall, url: string, more: Record<string, string>): Promise<Verb[] | null> {
    if (!url) return null;
    const answer = await this.world.tell(call.account, url, { ...aboutOf(call), ...more });
    if (!answer?.ok) return null;
    return readTwiml((await answer.text()) || "<Response/>");
  }
}

/** What stands in every request about a call. https://www.twilio.com/docs/voice/twiml#request-parameters */
function aboutOf(call: VoiceCall): Record<string, string> {
  return {
    CallSid: call.sid,
    AccountSid: call.account.sid,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    CallStatus: call.status,
    Direction: call.direction,
    ApiVersion: "2010-04-01",
    ...(call.verstat ? { StirVerstat: call.verstat } : {}),
  };
}
