// Tells what was just done and offers to undo it: read out, by one key from anywhere, for as long as somebody is at it.
import { Button, CloseButton, Group, Kbd, Paper, Text, VisuallyHidden } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useKey } from "./key.ts";
import { Trouble } from "./trouble.tsx";
import { forgetUndo, takeBack, type Undoing, useUndoing } from "./undo.ts";

/** WCAG 2.2.1 asks for twenty seconds; while the notice is under the pointer or has the focus the time stands still. */
const OFFERED_MS = 20_000;
const TOLD_MS = 6_000;
const KEY = "z";

export function UndoNotice(): ReactNode {
  const t = useTranslations("common");
  const undoing = useUndoing();
  const { phase } = undoing;
  useKey(KEY, () => void takeBack());
  return (
    <>
      <VisuallyHidden role="status">
        {phase === "offered" && t("undo.spoken", { said: undoing.offer.said, key: KEY.toUpperCase() })}
        {phase === "undone" && t("undo.undone")}
      </VisuallyHidden>
      {phase !== "nothing" && <Notice undoing={undoing} />}
    </>
  );
}

function Notice({ undoing }: { readonly undoing: Exclude<Undoing, { readonly phase: "nothing" }> }): ReactNode {
  const t = useTranslations("common");
  const card = useRef<HTMLElement>(null);
  const [isHeld, hold] = useState(false);
  const { phase, offer } = undoing;
  useEffect(() => {
    if (isHeld || phase === "undoing" || phase === "failed") return;
    const timer = window.setTimeout(forgetUndo, phase === "undone" ? TOLD_MS : OFFERED_MS);
    return () => window.clearTimeout(timer);
  }, [isHeld, phase, offer]);
  useFocusHandedOn(card);
  return (
    <Paper
      ref={card}
      component="section"
      aria-label={t("undo.title")}
      className="undo"
      withBorder
      shadow="md"
      p="sm"
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm">{phase === "undone" ? t("undo.undone") : offer.said}</Text>
        <Group gap={4} wrap="nowrap">
          {(phase === "offered" || phase === "undoing") && (
            <Button
              size="compact-sm"
              variant="default"
              loading={phase === "undoing"}
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              aria-keyshortcuts={KEY}
              onClick={() => void takeBack()}
            >
              {t("undo.undo")}
              <Kbd size="xs" ml={6} aria-hidden>
                {KEY.toUpperCase()}
              </Kbd>
            </Button>
          )}
          <CloseButton size="sm" aria-label={t("close")} onClick={forgetUndo} />
        </Group>
      </Group>
      {phase === "failed" && <Trouble error={undoing.error} again={() => void takeBack()} />}
    </Paper>
  );
}

/** The button that had the focus goes away with the notice: the page's heading gets it, so that it is not lost. */
function useFocusHandedOn(card: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const { current } = card;
    return () => {
      if (current?.contains(document.activeElement) === true) document.querySelector<HTMLElement>("h1")?.focus();
    };
  }, [card]);
}
