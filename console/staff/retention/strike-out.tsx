// Texts with what is proposed to be struck out of them; whoever reads keeps some of it, and strikes more by selecting it with the mouse or the keyboard.
import { Button, Checkbox, Group, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { type Mention, struckOf, toggled, withChosen, without } from "./passages.ts";
import type { Reading } from "./read-other.tsx";

interface StrikeOutProps {
  readonly of: Pick<Reading, "type" | "recordId">;
  readonly texts: Reading["texts"];
  readonly mentions: readonly Mention[];
  readonly onChange: (mentions: readonly Mention[]) => void;
}

const ROWS_MAX = 16;

export function StrikeOut({ of, texts, mentions, onChange }: StrikeOutProps): ReactNode {
  const t = useTranslations("retention.others");
  const names = useFieldNames();
  const struck = struckOf(mentions);
  return (
    <Stack gap="sm">
      {texts.map((text) => (
        <OneText
          key={text.name}
          label={names.field(`${of.type}.${text.name}`, text.label)}
          text={text}
          goesOut={without(text, struck)}
          onStrike={(words) => onChange(withChosen(mentions, texts, words))}
        />
      ))}
      {mentions.length > 0 && (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <Text component="legend" size="sm" fw={600} mb="xs">
            {t("struck")}
          </Text>
          <Stack gap="xs">
            {mentions.map(({ words, why, passages, isStruck }) => (
              <Checkbox
                key={words}
                label={words}
                description={t(`whys.${why}`, { count: passages.length })}
                checked={isStruck}
                onChange={() => onChange(toggled(mentions, words))}
              />
            ))}
          </Stack>
        </fieldset>
      )}
    </Stack>
  );
}

interface OneTextProps {
  readonly label: string;
  readonly text: Reading["texts"][number];
  readonly goesOut: string;
  readonly onStrike: (words: string) => void;
}

function OneText({ label, text, goesOut, onStrike }: OneTextProps): ReactNode {
  const t = useTranslations("retention.others");
  const area = useRef<HTMLTextAreaElement>(null);
  const strike = (): void => {
    if (area.current === null) return;
    const { selectionStart, selectionEnd } = area.current;
    onStrike(text.value.slice(selectionStart, selectionEnd));
  };
  return (
    <Stack gap="xs">
      <Textarea
        ref={area}
        label={label}
        description={t("select")}
        // What cannot be edited has no caret, and so nothing that the keyboard could select.
        onChange={() => undefined}
        autosize
        maxRows={ROWS_MAX}
        value={text.value}
      />
      <Group>
        <Button size="xs" variant="default" onClick={strike}>
          {t("strike")}
        </Button>
      </Group>
      {goesOut !== text.value && (
        <div>
          <Text size="sm" fw={600}>
            {t("goesOut")}
          </Text>
          <Text size="sm" className="wrap" style={{ whiteSpace: "pre-wrap" }}>
            {goesOut}
          </Text>
        </div>
      )}
    </Stack>
  );
}
