import { Banner, Button } from "@shopify/polaris";
import { type Ref, useMemo, useState } from "react";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { Carries } from "~/inbox/channel-abilities";
import { useCalling } from "../calls/calling";
import { Composer, type ComposerHandle } from "../composer/composer";
import type { DraftKind } from "../composer/drafts";
import { lastMail, type MailDraft, MailFields } from "../composer/mail-fields";
import { PlacePicker } from "../composer/place-picker";
import { toOf } from "../composer/places";
import { TemplatePicker } from "../composer/template-picker";
import type { ChosenPlace } from "./use-place";
import type { Replies } from "./use-replies";

interface ReplyComposerProps {
  conversationId: string;
  customerName: string;
  entries: readonly ThreadEntry[];
  place: ChosenPlace;
  abilities: Readonly<Record<string, Carries>>;
  mode: DraftKind;
  onMode(mode: DraftKind): void;
  held: boolean;
  /** Of a chat there is always the chat, also when its browser is not among the places. */
  isChat: boolean;
  onTyping(): void;
  submit: Replies["submit"];
  handle: Ref<ComposerHandle>;
}

/** The composer with where the reply goes, what its channel asks for, and what can be sent when it is closed. */
export function ReplyComposer(props: ReplyComposerProps) {
  const { conversationId, customerName, entries, abilities, submit } = props;
  const { place, reachable, choose, picking, setPicking } = props.place;
  const [templates, setTemplates] = useState(false);
  const onCall = useCalling();
  const channel = place?.channel ?? "chat";
  const carries = abilities[channel];
  const answered = useMemo(() => lastMail(entries), [entries]);
  const [mail, setMail] = useState<MailDraft | null>(null);
  const draft = mail ?? { subject: null, cc: answered?.cc ?? [] };
  const to = place ? { to: toOf(place) } : {};
  const send = (kind: DraftKind, ...[text, attachments]: [string, Parameters<Replies["submit"]>[2]]) => {
    const own = draft.subject?.trim();
    const letter =
      channel === "email" ? { ...(own ? { subject: own } : {}), ...(draft.cc.length > 0 ? { cc: draft.cc } : {}) } : {};
    submit(kind, text, attachments, kind === "note" ? {} : { ...to, ...letter });
    setMail(null);
  };
  const rule = place?.rule;
  return (
    <>
      <Composer
        conversationId={conversationId}
        mode={props.mode}
        onMode={props.onMode}
        held={props.held}
        channel={channel}
        carries={carries}
        onTyping={props.onTyping}
        onSend={send}
        handle={props.handle}
        to={
          <PlacePicker
            words={props.isChat ? `To ${customerName} in the chat on your store` : "No place to write to"}
            customerName={customerName}
            places={reachable}
            chosen={place}
            open={picking}
            onOpen={setPicking}
            onChoose={choose}
          />
        }
        above={channel === "email" ? <MailFields answered={answered} draft={draft} onChange={setMail} /> : null}
        beside={
          // Also while free replies are allowed: the provider's clock is not ours, and has the last word.
          place && carries?.templates && rule?.open ? (
            <Button variant="tertiary" onClick={() => setTemplates(true)}>
              Send a template
            </Button>
          ) : null
        }
        closed={
          !place && !props.isChat ? (
            <Banner
              tone={props.place.canBeCalled ? "info" : "warning"}
              title={
                props.place.canBeCalled
                  ? `${customerName} can only be called`
                  : `There is no channel on which ${customerName} can be reached`
              }
            >
              {props.place.canBeCalled && onCall ? <Button onClick={onCall}>Call</Button> : null}
            </Banner>
          ) : rule && !rule.open ? (
            <Banner tone="warning" title={rule.words}>
              {rule.instead === "template" ? (
                <Button onClick={() => setTemplates(true)}>Choose a template</Button>
              ) : reachable.length > 1 ? (
                <Button onClick={() => setPicking(true)}>Use another channel</Button>
              ) : null}
            </Banner>
          ) : null
        }
      />
      {place && carries?.templates ? (
        <TemplatePicker
          open={templates}
          endpointId={place.id}
          onClose={() => setTemplates(false)}
          onSend={(template, text) => submit("reply", text, [], { ...to, template })}
        />
      ) : null}
    </>
  );
}
