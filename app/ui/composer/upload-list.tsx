import { Button, Spinner, Text } from "@shopify/polaris";
import { XSmallIcon } from "@shopify/polaris-icons";
import styles from "./composer.module.css";
import type { Upload } from "./use-uploads";

/** The files of the message being written, each with a way to take it out. */
export function UploadList({ uploads, onRemove }: { uploads: Upload[]; onRemove(key: string): void }) {
  if (uploads.length === 0) return null;
  return (
    <ul className={styles.thumbs} aria-label="Attachments" style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {uploads.map((one) => (
        <li key={one.key} className={styles.thumb}>
          {one.preview ? <img src={one.preview} alt="" /> : null}
          <div style={{ minWidth: 0 }}>
            <Text as="p" variant="bodySm" truncate>
              {one.name}
            </Text>
            {one.problem ? (
              <Text as="p" variant="bodySm" tone="critical">
                {one.problem}
              </Text>
            ) : null}
          </div>
          {one.state === "uploading" ? <Spinner size="small" accessibilityLabel={`Uploading ${one.name}`} /> : null}
          <Button
            icon={XSmallIcon}
            variant="tertiary"
            accessibilityLabel={`Remove ${one.name}`}
            onClick={() => onRemove(one.key)}
          />
        </li>
      ))}
    </ul>
  );
}
