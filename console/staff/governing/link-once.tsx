// A link or a code that is shown this once, to be handed on to whom it is for.
import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useHeldOpen } from "./dialog.tsx";

export interface LinkOnceProps {
  readonly link: string;
  /** Whom to give it to, and how. */
  readonly lead: string;
  readonly onKept: () => void;
  /** Left out: that it was passed on. */
  readonly kept?: string;
}

export function LinkOnce({ link, lead, onKept, kept }: LinkOnceProps): ReactNode {
  const t = useTranslations("governing");
  useHeldOpen();
  return (
    <Stack gap="sm">
      <Text size="sm">{lead}</Text>
      <Code block className="once" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {link}
      </Code>
      <Text size="sm" c="dimmed">
        {t("once.never")}
      </Text>
      <Group justify="end">
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? t("once.copied") : t("once.copy")}
            </Button>
          )}
        </CopyButton>
        <Button data-autofocus onClick={onKept}>
          {kept ?? t("once.kept")}
        </Button>
      </Group>
    </Stack>
  );
}
