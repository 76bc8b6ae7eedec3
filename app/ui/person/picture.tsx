import { useState } from "react";
import styles from "./person.module.css";

/** A product's picture in its place; an empty place when there is none or it cannot be loaded. */
export function Picture({ source }: { source: string | null }) {
  const [failed, setFailed] = useState<string | null>(null);
  if (!source || failed === source) return <span className={styles.noPicture} />;
  return <img src={source} alt="" loading="lazy" onError={() => setFailed(source)} />;
}
