import { Link, Text } from "@shopify/polaris";
import type { MessageContent } from "~/channels/content";
import { channelName } from "~/channels/kinds";
import styles from "./thread.module.css";

interface ContentProps {
  content: MessageContent;
  channel: string;
}

/** What stands over the words of a message: what brought it, and what it answers that is not a message of ours. */
export function ContentBefore({ content, channel }: ContentProps) {
  const { story, referral, button, template, visit } = content;
  return (
    <>
      {story ? (
        <Quiet>
          {story.kind === "mention" ? "Mentioned you in their story" : "Answered your story"}
          {story.link ? (
            <>
              {" · "}
              <Outside to={story.link}>{`Open on ${channelName(channel)}`}</Outside>
            </>
          ) : null}
        </Quiet>
      ) : null}
      {referral ? (
        <Quiet>
          {`Came from ${referral.source === "ad" || /ads?$/i.test(referral.source) ? "an ad" : referral.source.toLowerCase()}`}
          {referral.headline ? `: ${referral.headline}` : ""}
          {referral.link ? (
            <>
              {" · "}
              <Outside to={referral.link}>Open it</Outside>
            </>
          ) : null}
        </Quiet>
      ) : null}
      {button ? <Quiet>Pressed a button</Quiet> : null}
      {template ? <Quiet>{`Template ${template.name}, ${template.language}`}</Quiet> : null}
      {visit ? (
        <Quiet>
          {[visit.kind === "visit" ? "Visit" : "Call", visit.place, visit.outcome].filter(Boolean).join(" · ")}
        </Quiet>
      ) : null}
    </>
  );
}

/** What stands under the words: places, people, and what could not be taken over. */
export function ContentAfter({ content }: { content: MessageContent }) {
  const { location, contacts, unsupported, lost } = content;
  return (
    <>
      {location ? (
        <div className={styles.card}>
          <Text as="p" fontWeight="semibold" breakWord>
            {location.name ?? "A place"}
          </Text>
          {location.address ? (
            <Text as="p" variant="bodySm" breakWord>
              <bdi>{location.address}</bdi>
            </Text>
          ) : null}
          <Outside
            to={mapOf(location)}
          >{`Open the map (${round(location.latitude)}, ${round(location.longitude)})`}</Outside>
        </div>
      ) : null}
      {contacts?.map((contact) => (
        <div key={`${contact.name} ${contact.phones[0] ?? ""} ${contact.emails[0] ?? ""}`} className={styles.card}>
          <Text as="p" fontWeight="semibold" breakWord>
            <bdi>{contact.name || "A contact"}</bdi>
          </Text>
          {[...contact.phones, ...contact.emails].map((one) => (
            <Text key={one} as="p" variant="bodySm" breakWord>
              <bdi>{one}</bdi>
            </Text>
          ))}
        </div>
      ))}
      {unsupported ? (
        <div className={styles.card}>
          <Text as="p" tone="subdued" breakWord>
            {unsupported}
          </Text>
        </div>
      ) : null}
      {lost?.map(({ name, because }) => (
        <Text key={name} as="p" variant="bodySm" tone="caution" breakWord>
          <bdi>{name}</bdi>
          {`: ${because}`}
        </Text>
      ))}
    </>
  );
}

function Quiet({ children }: { children: React.ReactNode }) {
  return (
    <div className={styles.quiet}>
      <Text as="p" variant="bodySm" tone="subdued" breakWord>
        {children}
      </Text>
    </div>
  );
}

/** A link that somebody else sent: only to the web. */
function Outside({ to, children }: { to: string; children: string }) {
  if (!/^https?:\/\//i.test(to)) return <>{children}</>;
  return (
    <Link url={to} target="_blank" monochrome>
      {children}
    </Link>
  );
}

const round = (degrees: number): string => degrees.toFixed(4);

/** https://wiki.openstreetmap.org/wiki/Browsing#Sharing_a_link_to_the_maps */
function mapOf({ latitude, longitude }: { latitude: number; longitude: number }): string {
  const at = `${latitude.toFixed(6)}/${longitude.toFixed(6)}`;
  return `https://www.openstreetmap.org/?mlat=${latitude.toFixed(6)}&mlon=${longitude.toFixed(6)}#map=17/${at}`;
}
