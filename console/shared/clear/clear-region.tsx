// Where clear values are shown: under a mark of who and when, covered while nobody looks, back with one key, and copied only once that is written down.
import { Alert, Box, Button, Group, Kbd, Text } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Trouble } from "../trouble.tsx";
import type { ClearSheet } from "./clear-sheet.ts";
import { CopyContext, useCopying } from "./copying.ts";
import { watermark } from "./watermark.ts";

const UNCOVER_KEY = "u";

export interface ClearRegionProps {
  readonly label: string;
  /** Who sees it: stands in the mark, with the time. */
  readonly viewer: string;
  readonly sheet: Pick<ClearSheet<unknown>, "isCovered" | "until" | "uncover" | "forget">;
  /** The disclosure that gave what is shown; without it nothing of it can be copied. Values name their field and record (`data-field`, `data-record`). */
  readonly disclosureId?: string;
  readonly children: ReactNode;
}

export function ClearRegion(props: ClearRegionProps): ReactNode {
  const { isCovered, uncover } = props.sheet;
  useEffect(() => {
    if (!isCovered) return;
    const listen = ({ key, target }: KeyboardEvent): void => {
      const isField = target instanceof HTMLElement && target.closest("input, textarea") !== null;
      if (key.toLowerCase() === UNCOVER_KEY && !isField) uncover();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isCovered, uncover]);
  return isCovered ? <Covered uncover={uncover} /> : <Uncovered {...props} />;
}

function Covered({ uncover }: { readonly uncover: () => void }): ReactNode {
  const t = useTranslations("common");
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

function Uncovered({ label, viewer, sheet, disclosureId, children }: ClearRegionProps): ReactNode {
  const t = useTranslations("common");
  const format = useFormatter();
  const copying = useCopying(disclosureId);
  const { until, forget } = sheet;
  const now = format.dateTime(new Date(), { dateStyle: "short", timeStyle: "short" });
  return (
    <Box
      component="section"
      aria-label={label}
      data-clear
      style={{ backgroundImage: watermark(`${viewer} · ${now}`) }}
      onCopy={copying.onCopy}
      onCut={copying.onCopy}
      // Dragged text would leave the page without a word.
      onDragStart={(event) => event.preventDefault()}
    >
      <CopyContext value={copying.copy}>{children}</CopyContext>
      <Trouble error={copying.error} />
      <Group justify="space-between" mt="xs">
        <Text size="xs" c="dimmed">
          {until !== null && t("clear.until", { at: format.dateTime(until, { timeStyle: "short" }) })}
        </Text>
        <Text size="xs" role="status">
          {copying.isCopied && t("clear.copied")}
        </Text>
        <Button size="compact-xs" variant="default" onClick={forget}>
          {t("clear.forget")}
        </Button>
      </Group>
    </Box>
  );
}
