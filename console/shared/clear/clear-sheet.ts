// Clear values on a page: held in its memory alone, out of sight as soon as the tab is, and gone after a time.
import { useCallback, useEffect, useRef, useState } from "react";

/** How long a page may keep what was disclosed to it. */
export const CLEAR_MS = 5 * 60_000;
/** How long of a tab that nobody looks at. */
const HIDDEN_MS = 2 * 60_000;

export interface ClearSheet<Content> {
  /** null: nothing was shown, or its time is over. */
  readonly content: Content | null;
  /** It is there and out of sight: the tab was hidden since. */
  readonly isCovered: boolean;
  /** When it goes. */
  readonly until: Date | null;
  readonly show: (content: Content) => void;
  readonly uncover: () => void;
  readonly forget: () => void;
}

interface Held<Content> {
  readonly content: Content;
  readonly until: Date;
}

export function useClearSheet<Content>(): ClearSheet<Content> {
  const [held, setHeld] = useState<Held<Content> | null>(null);
  const [isCovered, setCovered] = useState(false);
  const hiddenTimer = useRef<number>(undefined);
  const forget = useCallback(() => {
    setHeld(null);
    setCovered(false);
  }, []);
  useEffect(() => {
    if (held === null) return;
    const timer = window.setTimeout(forget, held.until.getTime() - Date.now());
    return () => window.clearTimeout(timer);
  }, [held, forget]);
  useEffect(() => {
    const look = (): void => {
      window.clearTimeout(hiddenTimer.current);
      if (document.visibilityState === "visible") return;
      setCovered(true);
      hiddenTimer.current = window.setTimeout(forget, HIDDEN_MS);
    };
    document.addEventListener("visibilitychange", look);
    // A page that the browser keeps for its back button is a page that keeps values.
    window.addEventListener("pagehide", forget);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pagehide", forget);
      window.clearTimeout(hiddenTimer.current);
    };
  }, [forget]);
  return {
    content: held?.content ?? null,
    isCovered: held !== null && isCovered,
    until: held?.until ?? null,
    show: useCallback((content: Content) => {
      setHeld({ content, until: new Date(Date.now() + CLEAR_MS) });
      setCovered(false);
    }, []),
    uncover: useCallback(() => setCovered(false), []),
    forget,
  };
}
