import type { IconSource } from "@shopify/polaris";
import { ChatIcon, ClipboardChecklistIcon, DatabaseIcon, LockIcon } from "@shopify/polaris-icons";

/** A page behind Settings, as a line that leads to it. */
export interface SettingsPage {
  path: `/settings/${string}`;
  title: string;
  words: string;
  icon: IconSource;
}

/** Every page behind Settings, in the order in which they are listed there. */
export const settingsPages: SettingsPage[] = [
  {
    path: "/settings/channels",
    title: "Channels",
    words: "Where people can write to you besides the chat, and whether each of them works.",
    icon: ChatIcon,
  },
  {
    path: "/settings/shopify-data",
    title: "Shopify data",
    words: "What is here of your customers, orders and products, and how far a sync is.",
    icon: DatabaseIcon,
  },
  {
    path: "/settings/privacy",
    title: "Privacy and consent",
    words: "Data requests, erasures with their receipts, and how long everything is kept.",
    icon: LockIcon,
  },
  {
    path: "/settings/activity",
    title: "Activity log",
    words: "Who saw, changed, exported, merged or erased what.",
    icon: ClipboardChecklistIcon,
  },
];
