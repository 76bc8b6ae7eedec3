import { useEffect, useState } from "react";

/** Whether `now` has been true for longer than `milliseconds`: what is over sooner is not worth a sign of waiting. */
export function useLonger(now: boolean, milliseconds: number): boolean {
  const [longer, setLonger] = useState(false);
  useEffect(() => {
    if (!now) {
      setLonger(false);
      return;
    }
    const timer = setTimeout(() => setLonger(true), milliseconds);
    return () => clearTimeout(timer);
  }, [now, milliseconds]);
  return now && longer;
}
