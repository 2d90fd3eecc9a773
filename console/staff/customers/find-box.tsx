// The one box that finds customers: on its own page, and in the header of every other.
import { ActionIcon, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { find, typeText, useFinding } from "./finding.ts";
import { usePurpose } from "./purposes.ts";

const FOCUS_KEY = "/";

export interface FindBoxProps {
  readonly isInHeader?: boolean;
  /** Down from the box goes to the first of what was found. */
  readonly onDown?: () => void;
}

export function FindBox({ isInHeader = false, onDown }: FindBoxProps): ReactNode {
  const t = useTranslations("common");
  const navigate = useNavigate();
  const { text, state } = useFinding();
  const purpose = usePurpose();
  const box = useRef<HTMLInputElement>(null);
  useFocusKey(box);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void find(purpose);
    if (isInHeader) void navigate({ to: "/customers" });
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" && onDown !== undefined) {
      event.preventDefault();
      onDown();
    }
    if (event.key === "Escape") box.current?.blur();
  };
  return (
    <form role="search" onSubmit={submit} style={{ flex: 1, minWidth: 0, maxWidth: isInHeader ? "26rem" : undefined }}>
      <TextInput
        ref={box}
        size={isInHeader ? "sm" : "md"}
        aria-label={t("find.label")}
        placeholder={t(isInHeader ? "find.short" : "find.placeholder")}
        value={text}
        onChange={(event) => typeText(event.currentTarget.value)}
        onKeyDown={keys}
        // Nothing of it is offered again by the browser, sent to a spelling service, or kept with the page.
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-keyshortcuts={FOCUS_KEY}
        leftSection={isInHeader ? <IconSearch size={16} aria-hidden /> : undefined}
        rightSection={
          isInHeader ? undefined : (
            <ActionIcon type="submit" aria-label={t("find.go")} loading={state === "asking"}>
              <IconSearch size={16} aria-hidden />
            </ActionIcon>
          )
        }
      />
    </form>
  );
}

function useFocusKey(box: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      const isField =
        target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
      if (key !== FOCUS_KEY || isField || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [box]);
}
