import { Icon, type IconProps, type IconSource } from "@shopify/polaris";
import {
  ChatIcon,
  CodeIcon,
  EmailIcon,
  LogoInstagramIcon,
  LogoXIcon,
  MobileIcon,
  PhoneIcon,
  StoreIcon,
} from "@shopify/polaris-icons";
import { type ChannelKind, channelName } from "~/channels/kinds";

/** A speech bubble with a stroke of lightning. Polaris has no picture of its own for either of these two. */
const Messenger: IconSource = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path
      fillRule="evenodd"
      d="M10 2.75c-4.28 0-7.5 3.06-7.5 7 0 2.1.93 3.92 2.42 5.16v2.2c0 .5.53.83.98.6l1.9-.95c.7.17 1.43.26 2.2.26 4.28 0 7.5-3.07 7.5-7.02 0-3.94-3.22-7.25-7.5-7.25Zm4.2 5.6-2.7 3.66a.75.75 0 0 1-1.07.14l-1.84-1.44-2.02 1.2c-.6.36-1.27-.36-.86-.93l2.6-3.6a.75.75 0 0 1 1.07-.15l1.86 1.45 2.1-1.26c.6-.35 1.28.36.86.93Z"
    />
  </svg>
);

/** A speech bubble with a receiver. */
const WhatsApp: IconSource = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path
      fillRule="evenodd"
      d="M10 2.5a7.5 7.5 0 0 0-6.5 11.24l-.93 3.02a.75.75 0 0 0 .94.94l3-.93A7.5 7.5 0 1 0 10 2.5Zm-6 7.5a6 6 0 1 1 3.05 5.22.75.75 0 0 0-.6-.07l-1.62.5.5-1.6a.75.75 0 0 0-.08-.62A5.97 5.97 0 0 1 4 10Zm4.06-3.1c.25-.24.66-.2.86.09l.62.9c.15.22.14.5-.02.72l-.4.53c.42.8 1.07 1.44 1.87 1.87l.53-.4a.6.6 0 0 1 .72-.02l.9.62c.29.2.33.6.09.86-.55.57-1.36.83-2.12.6a6.2 6.2 0 0 1-3.64-3.64c-.24-.77.02-1.58.6-2.13Z"
    />
  </svg>
);

const sources: Readonly<Record<ChannelKind, IconSource>> = {
  chat: ChatIcon,
  email: EmailIcon,
  instagram: LogoInstagramIcon,
  messenger: Messenger,
  whatsapp: WhatsApp,
  sms: MobileIcon,
  voice: PhoneIcon,
  x: LogoXIcon,
  "in-person": StoreIcon,
  api: CodeIcon,
};

interface ChannelIconProps {
  kind: string;
  /** Nothing beside it says the channel in words. */
  named?: boolean;
  tone?: IconProps["tone"];
}

/** The picture of a channel; of one that a newer version wrote, a bubble. */
export function ChannelIcon({ kind, named = false, tone = "subdued" }: ChannelIconProps) {
  const source = (sources as Readonly<Record<string, IconSource>>)[kind] ?? ChatIcon;
  return <Icon source={source} tone={tone} {...(named ? { accessibilityLabel: channelName(kind) } : {})} />;
}
