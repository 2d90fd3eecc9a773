// The command palette: every place by its name, from the keyboard (Ctrl or Command and K), and by two letters typed one after the other.
import { Spotlight } from "@mantine/spotlight";
import "@mantine/spotlight/styles.css";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { usePlaces } from "./frame.tsx";
import { useSignOut } from "./sign-out.ts";

const PAUSE_MS = 1000;

export function Palette(): ReactNode {
  const t = useTranslations("common");
  const navigate = useNavigate();
  const signOut = useSignOut();
  const places = usePlaces();
  const go = (to: string): void => void navigate({ to });
  useTypedKeys(places.map(({ keys, to }) => [keys, () => go(to)]));
  return (
    <Spotlight
      shortcut={["mod + K"]}
      nothingFound={t("palette.nothing")}
      searchProps={{ placeholder: t("palette.search"), "aria-label": t("palette.search") }}
      actions={[
        ...places.map(({ to, name, keys, icon: Icon }) => ({
          id: to,
          label: t(`places.${name}`),
          description: t("palette.keys", { keys }),
          leftSection: <Icon size={18} aria-hidden />,
          onClick: () => go(to),
        })),
        { id: "sign-out", label: t("signOut"), onClick: () => void signOut() },
      ]}
    />
  );
}

/** Letters typed one after the other, outside of fields. */
function useTypedKeys(bindings: readonly (readonly [keys: string, go: () => void])[]): void {
  const current = useRef(bindings);
  current.current = bindings;
  useEffect(() => {
    let typed = "";
    let at = 0;
    const listen = ({ key, ctrlKey, metaKey, altKey, target, timeStamp }: KeyboardEvent): void => {
      const isField =
        target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
      if (isField || ctrlKey || metaKey || altKey || key.length !== 1) return;
      typed = timeStamp - at < PAUSE_MS ? `${typed} ${key}` : key;
      at = timeStamp;
      const found = current.current.find(([keys]) => typed.endsWith(keys));
      if (found === undefined) return;
      typed = "";
      found[1]();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
