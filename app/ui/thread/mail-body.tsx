import { Button, InlineStack, Spinner, Text } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { MessageContent } from "~/channels/content";
import type { MailBodyView } from "~/conversations/mail-body";
import { ask, askBlob } from "../ask";
import { saveFile } from "./attachment";
import { hasRemote, mailDocument, type Pictures } from "./mail-document";
import styles from "./thread.module.css";
import { useThreadActs } from "./thread-acts";
import { WrittenText } from "./written-text";

interface MailBodyProps {
  messageId: string;
  mail: NonNullable<MessageContent["email"]>;
}

type Shown = "no" | "text" | "html";

/** What of a mail is not in the conversation at first: quoted text, its HTML, and the raw mail. Read when asked for. */
export function MailBody({ messageId, mail }: MailBodyProps) {
  const { conversationId } = useThreadActs();
  const [shown, setShown] = useState<Shown>("no");
  const [body, setBody] = useState<MailBodyView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (next: Shown) => {
    setProblem(null);
    setShown(next);
    if (next === "no" || body) return;
    try {
      setBody(await ask<MailBodyView>(`/inbox/${conversationId}/mail/${messageId}`));
    } catch (error) {
      setProblem((error as Error).message);
      setShown("no");
    }
  };
  const raw = async () => {
    try {
      const { inboundId } = body ?? (await ask<MailBodyView>(`/inbox/${conversationId}/mail/${messageId}`));
      if (!inboundId) throw new Error("The mail as it arrived is no longer kept.");
      saveFile(await askBlob(`/settings/channels/raw/${inboundId}`), `mail-${messageId}.eml`);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const toggle = (to: "text" | "html", show: string, hide: string) => (
    <Button
      variant="plain"
      size="micro"
      ariaExpanded={shown === to}
      onClick={() => void open(shown === to ? "no" : to)}
    >
      {shown === to ? hide : show}
    </Button>
  );
  return (
    <div className={styles.mailBody}>
      <InlineStack gap="300">
        {mail.hasFolded ? toggle("text", "Show quoted text", "Hide quoted text") : null}
        {mail.hasHtml ? toggle("html", "Show original", "Hide original") : null}
        {mail.unreadable ? (
          <Button variant="plain" size="micro" onClick={() => void raw()}>
            Download the mail as it arrived
          </Button>
        ) : null}
      </InlineStack>
      {problem ? (
        <Text as="p" variant="bodySm" tone="critical">
          {problem}
        </Text>
      ) : null}
      {shown !== "no" && !body ? <Spinner size="small" accessibilityLabel="Loading the mail" /> : null}
      {shown === "text" && body ? (
        <div className={styles.fullText}>
          <WrittenText text={body.fullText} />
        </div>
      ) : null}
      {shown === "html" && body ? <HtmlMail body={body} subject={mail.subject} /> : null}
    </div>
  );
}

function HtmlMail({ body, subject }: { body: MailBodyView; subject: string }) {
  const [remote, setRemote] = useState(false);
  const [pictures, setPictures] = useState<Pictures>(new Map());
  const [height, setHeight] = useState(120);
  const frame = useRef<HTMLIFrameElement>(null);
  const html = body.html ?? "";
  useEffect(() => {
    let gone = false;
    const made: string[] = [];
    const wanted = body.pictures.map(async ({ contentId, attachmentId }) => {
      const address = URL.createObjectURL(await askBlob(`/files/${attachmentId}`));
      made.push(address);
      return [contentId, address] as const;
    });
    void Promise.allSettled(wanted).then((settled) => {
      if (gone) return;
      setPictures(new Map(settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))));
    });
    return () => {
      gone = true;
      for (const address of made) URL.revokeObjectURL(address);
    };
  }, [body]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let sizes: ResizeObserver | null = null;
    const measure = () => {
      const inner = element.contentDocument?.body;
      if (!inner) return;
      const size = () => setHeight(Math.min(inner.scrollHeight + 2, mostHeight));
      sizes?.disconnect();
      sizes = new ResizeObserver(size);
      sizes.observe(inner);
      size();
    };
    element.addEventListener("load", measure);
    return () => {
      element.removeEventListener("load", measure);
      sizes?.disconnect();
    };
  }, []);
  return (
    <div className={styles.htmlMail}>
      {hasRemote(html) && !remote ? (
        <div className={styles.blocked}>
          <Text as="p" variant="bodySm">
            Pictures of other servers are not shown: loading them tells the sender that you opened this mail.
          </Text>
          <Button size="micro" onClick={() => setRemote(true)}>
            Show images
          </Button>
        </div>
      ) : null}
      {/* Nothing runs in there, with the page's origin or without: it is given so that its height can be read. */}
      <iframe
        ref={frame}
        title={`Mail: ${subject || "no subject"}`}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={mailDocument(html, pictures, remote)}
        style={{ height }}
      />
    </div>
  );
}

/** Pixels; what is longer scrolls inside its frame. */
const mostHeight = 4_000;
