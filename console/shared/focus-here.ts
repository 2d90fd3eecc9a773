// Gives the focus to what takes the place of a button that was pressed: it would stay with the page's body, and whoever listens or types would be lost.
import { type RefObject, useEffect, useRef } from "react";

/** For an element with `tabIndex={-1}`, or a control. Nobody's focus is taken from where it is. */
export function useFocusHere<Shown extends HTMLElement>(isWanted = true): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isWanted && isLost) shown.current?.focus();
  }, [isWanted]);
  return shown;
}
