import { Button, ButtonGroup, Text, TextField } from "@shopify/polaris";
import { AttachmentIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";
import { type ClipboardEvent, type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef } from "react";
import type { Carries } from "~/inbox/channel-abilities";
import type { AttachmentView } from "~/realtime/frames";
import styles from "./composer.module.css";
import { type DraftKind, useDraft } from "./drafts";
import { countOf, fileProblem, longest } from "./limits";
import { UploadList } from "./upload-list";
import { mostAttachments, useUploads } from "./use-uploads";

export interface ComposerHandle {
  focus(): void;
  /** Puts back what was written and not sent. */
  restore(kind: DraftKind, text: string, attachments: AttachmentView[]): void;
}

interface ComposerProps {
  conversationId: string;
  mode: DraftKind;
  onMode(mode: DraftKind): void;
  /** A reply waits for a decision, so none can be sent meanwhile. */
  held: boolean;
  /** Says where a reply goes, and lets one choose. */
  to: ReactNode;
  /** Over the text of a reply: what its channel asks for besides. */
  above?: ReactNode;
  /** Beside the attachments: what else the channel carries. */
  beside?: ReactNode;
  /** Which channel a reply takes, and what that carries; the chat carries what the server says. */
  channel: string;
  carries: Carries | undefined;
  /** Why no free reply can be sent there now, with what can be done instead. */
  closed?: ReactNode;
  onTyping(): void;
  onSend(kind: DraftKind, text: string, attachments: AttachmentView[]): void;
  handle: Ref<ComposerHandle>;
}

/** Where staff write: a reply, which the shopper gets, or a note, which looks and reads like one. */
export function Composer(props: ComposerProps) {
  const { conversationId, mode, onMode, held, channel, carries, onTyping, onSend, handle } = props;
  const id = useId();
  const note = mode === "note";
  const [reply, setReply] = useDraft(conversationId, "reply");
  const [remark, setRemark] = useDraft(conversationId, "note");
  const files = useUploads(conversationId);
  const picker = useRef<HTMLInputElement>(null);
  const text = note ? remark : reply;
  const there = note ? [] : files.uploads.flatMap((one) => (one.attachment ? [one.attachment] : []));
  const uploading = !note && files.uploads.some((one) => one.state === "uploading");
  const empty = text.trim() === "" && there.length === 0;
  const uploads = files.uploads.map((one) => ({
    ...one,
    problem: one.problem ?? (one.attachment ? fileProblem(one.attachment, channel, carries) : null),
  }));
  const most = longest(channel, carries);
  const count = note ? null : countOf(text, channel, carries?.textLimit ?? most);
  const unfit = uploads.some((one) => one.problem !== null) || text.length > most || Boolean(props.closed);
  const blocked = empty || uploading || (!note && (held || unfit));

  useImperativeHandle(handle, () => ({
    focus: () => document.getElementById(id)?.focus(),
    restore(kind, words, attachments) {
      onMode(kind);
      if (kind === "note") setRemark(remark === "" ? words : `${words}\n\n${remark}`);
      else {
        setReply(reply === "" ? words : `${words}\n\n${reply}`);
        if (attachments.length > 0) files.restore(attachments);
      }
    },
  }));

  const submit = () => {
    if (blocked) return;
    onSend(mode, text, there);
    (note ? setRemark : setReply)("");
    if (!note) files.clear();
    document.getElementById(id)?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      submit();
    }
  };
  const pasted = (event: ClipboardEvent) => {
    if (note || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    files.add(event.clipboardData.files);
  };

  return (
    <div className={styles.composer} data-mode={mode}>
      <div className={styles.inner}>
        <div className={styles.bar}>
          <div className={styles.tabs}>
            <ButtonGroup variant="segmented">
              <Button pressed={!note} onClick={() => onMode("reply")} size="slim">
                Reply
              </Button>
              <Button pressed={note} onClick={() => onMode("note")} size="slim">
                Note
              </Button>
            </ButtonGroup>
            {note ? (
              <Text as="span" variant="bodySm" tone="caution">
                Only your team sees this
              </Text>
            ) : (
              props.to
            )}
          </div>
        </div>
        {note ? null : props.closed}
        {note ? null : props.above}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and pastes of the field inside pass through here. */}
        <div className={styles.text} onKeyDown={pressed} onPaste={pasted}>
          <TextField
            id={id}
            label={note ? "Note" : "Reply"}
            labelHidden
            value={text}
            onChange={(next) => {
              (note ? setRemark : setReply)(next);
              if (!note && next !== "") onTyping();
            }}
            placeholder={note ? "Write a note for your team" : "Write a reply"}
            multiline={2}
            maxHeight={260}
            autoComplete="off"
            {...(note ? { maxLength: 5_000 } : {})}
          />
        </div>
        {note ? null : <UploadList uploads={uploads} onRemove={files.remove} />}
        <div className={styles.bar}>
          <div className={styles.tabs}>
            {note ? null : (
              <>
                <input
                  ref={picker}
                  className={styles.file}
                  type="file"
                  multiple
                  tabIndex={-1}
                  aria-hidden="true"
                  onChange={(event) => {
                    files.add(event.target.files ?? []);
                    event.target.value = "";
                  }}
                />
                <Button
                  icon={AttachmentIcon}
                  variant="tertiary"
                  accessibilityLabel="Attach files"
                  disabled={files.uploads.length >= mostAttachments}
                  onClick={() => picker.current?.click()}
                />
                {props.beside}
              </>
            )}
          </div>
          <div className={styles.tabs}>
            <span aria-live="polite">
              {count ? (
                <Text as="span" variant="bodySm" tone={count.over ? "caution" : "subdued"}>
                  {count.words}
                </Text>
              ) : null}
            </span>
            <span className={styles.hint}>
              <Text as="span" variant="bodySm" tone="subdued">
                Ctrl or ⌘ + Enter
              </Text>
            </span>
            <Button variant="primary" onClick={submit} disabled={blocked}>
              {note ? "Add note" : "Send reply"}
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}
