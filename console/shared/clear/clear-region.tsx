// Where clear values are shown: under a mark of who and when, covered while nobody looks, and back with one key.
import { Alert, Box, Button, Group, Kbd, Text } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { ClearSheet } from "./clear-sheet.ts";
import { watermark } from "./watermark.ts";

const UNCOVER_KEY = "u";

export interface ClearRegionProps {
  readonly label: string;
  /** Who sees it: stands in the mark, with the time. */
  readonly viewer: string;
  readonly sheet: Pick<ClearSheet<unknown>, "isCovered" | "until" | "uncover" | "forget">;
  readonly children: ReactNode;
}

export function ClearRegion({ label, viewer, sheet, children }: ClearRegionProps): ReactNode {
  const t = useTranslations("common");
  const format = useFormatter();
  const { isCovered, until, uncover, forget } = sheet;
  useEffect(() => {
    if (!isCovered) return;
    const listen = ({ key, target }: KeyboardEvent): void => {
      const isField = target instanceof HTMLElement && target.closest("input, textarea") !== null;
      if (key.toLowerCase() === UNCOVER_KEY && !isField) uncover();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isCovered, uncover]);
  if (isCovered) {
    return (
      <Alert color="gray" icon={<IconEyeOff aria-hidden />} title={t("clear.covered")} role="status">
        <Group>
          <Button size="xs" onClick={uncover}>
            {t("clear.uncover")}
          </Button>
          <Text size="sm">{t.rich("clear.uncoverKey", { key: () => <Kbd>{UNCOVER_KEY.toUpperCase()}</Kbd> })}</Text>
        </Group>
      </Alert>
    );
  }
  const now = format.dateTime(new Date(), { dateStyle: "short", timeStyle: "short" });
  return (
    <Box component="section" aria-label={label} data-clear style={{ backgroundImage: watermark(`${viewer} · ${now}`) }}>
      {children}
      <Group justify="space-between" mt="xs">
        <Text size="xs" c="dimmed">
          {until !== null && t("clear.until", { at: format.dateTime(until, { timeStyle: "short" }) })}
        </Text>
        <Button size="compact-xs" variant="default" onClick={forget}>
          {t("clear.forget")}
        </Button>
      </Group>
    </Box>
  );
}
