// One key that does one thing, outside of fields.
import { useEffect, useRef } from "react";

export function useKey(wanted: string, onKey: () => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): void => {
      const isField =
        target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
      if (key.toLowerCase() !== wanted || isField || ctrlKey || metaKey || altKey) return;
      latest.current();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [wanted]);
}
