import { useEffect, useRef, useState } from "react";
import styles from "./cart.module.css";

/** A product's picture in its place, 40 pixels square; an empty place when there is none or it cannot be loaded. */
export function Picture({ source }: { source: string | null }) {
  const [failed, setFailed] = useState<string | null>(null);
  const image = useRef<HTMLImageElement>(null);
  // On a page that the server drew it may have failed before anybody listened.
  useEffect(() => {
    if (source && image.current?.complete && image.current.naturalWidth === 0) setFailed(source);
  }, [source]);
  if (!source || failed === source) return <span className={styles.picture} />;
  return (
    <img
      ref={image}
      className={styles.picture}
      src={source}
      alt=""
      width={40}
      height={40}
      loading="lazy"
      onError={() => setFailed(source)}
    />
  );
}
