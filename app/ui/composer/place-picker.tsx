import { ActionList, Icon, Popover, Text } from "@shopify/polaris";
import { ChevronDownIcon } from "@shopify/polaris-icons";
import { useAdmin, useNow } from "../admin-context";
import { ChannelIcon } from "../channels/channel-icon";
import { endpointWords, placeWords, ruleWords } from "../customers/endpoint-words";
import { sentence } from "../person/identity";
import styles from "./composer.module.css";
import type { Place } from "./places";

interface PlacePickerProps {
  customerName: string;
  /** Said while nothing is chosen. */
  words: string;
  places: Place[];
  chosen: Place | null;
  open: boolean;
  onOpen(open: boolean): void;
  onChoose(place: Place): void;
}

/** Says where the reply goes and what holds there, and lets the writer choose another place. */
export function PlacePicker(props: PlacePickerProps) {
  const { customerName, places, chosen, open, onOpen, onChoose } = props;
  const { locale, shop } = useAdmin();
  const now = useNow();
  const words = chosen ? toWords(chosen, customerName, now, locale, shop.timeZone) : props.words;
  if (places.length === 0) {
    return (
      <Text as="span" variant="bodySm" tone="subdued" breakWord>
        {words}
      </Text>
    );
  }
  return (
    <Popover
      active={open}
      onClose={() => onOpen(false)}
      preferredAlignment="left"
      preferredPosition="above"
      activator={
        <button
          type="button"
          className={styles.to}
          aria-haspopup="true"
          aria-expanded={open}
          onClick={() => onOpen(!open)}
        >
          {chosen ? <ChannelIcon kind={chosen.channel} /> : null}
          <span>
            <Text as="span" variant="bodySm" tone="subdued" breakWord>
              {words}
            </Text>
          </span>
          <Icon source={ChevronDownIcon} tone="subdued" />
        </button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={places.map((one) => {
          const rule = ruleWords(one.rule, now);
          return {
            id: one.id,
            content: sentence(endpointWords(one, now, locale, shop.timeZone)),
            helpText: (
              <span className={styles.wrapping}>
                {[placeWords(one, locale), rule ? sentence(rule) : null].filter(Boolean).join(" · ")}
              </span>
            ),
            prefix: <ChannelIcon kind={one.channel} />,
            active: one.id === chosen?.id,
            disabled: !one.rule.open && one.rule.instead === null,
            onAction: () => {
              onOpen(false);
              onChoose(one);
            },
          };
        })}
      />
    </Popover>
  );
}

/** "To +45 20 12 34 56 on WhatsApp, wrote 2 h ago · free replies for 21 h 40 min more" */
export function toWords(place: Place, customerName: string, now: number, locale: string, timeZone: string): string {
  const who = place.channel === "chat" ? customerName : (place.address ?? place.name ?? customerName);
  const rule = place.rule.open ? ruleWords(place.rule, now) : null;
  const through = place.accountName && place.channel === "email" ? ` through ${place.accountName}` : "";
  return `To ${who} ${endpointWords(place, now, locale, timeZone)}${through}${rule ? ` · ${rule}` : ""}`;
}
