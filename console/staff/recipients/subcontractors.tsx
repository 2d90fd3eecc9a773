// Whom a third party hands it on to: each by name, place and what it does there (GDPR Art. 28(2) and (4)).
import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Subcontractor } from "./details-form.tsx";

const MOST = 50;

export interface SubcontractorsProps {
  readonly of: readonly Subcontractor[];
  readonly onChange: (of: readonly Subcontractor[]) => void;
}

export function Subcontractors({ of, onChange }: SubcontractorsProps): ReactNode {
  const t = useTranslations("recipients");
  const put = (at: number, part: Partial<Subcontractor>): void =>
    onChange(of.map((each, nth) => (nth === at ? { ...each, ...part } : each)));
  return (
    <Fieldset legend={t("subcontractors")}>
      <Stack gap="xs">
        {of.length === 0 && <Text size="sm">{t("noSubcontractors")}</Text>}
        {of.map((each, at) => (
          // Rows have no names of their own; a row that goes takes the place of none of the others' values.
          <Group key={at} gap="xs" align="end" wrap="wrap">
            <TextInput
              label={t("name")}
              flex="2 1 10rem"
              maxLength={200}
              value={each.name}
              onChange={(event) => put(at, { name: event.currentTarget.value })}
            />
            <TextInput
              label={t("jurisdiction")}
              flex="1 1 5rem"
              maxLength={6}
              value={each.jurisdiction}
              onChange={(event) => put(at, { jurisdiction: event.currentTarget.value.toUpperCase() })}
            />
            <TextInput
              label={t("service")}
              flex="2 1 10rem"
              maxLength={200}
              value={each.service}
              onChange={(event) => put(at, { service: event.currentTarget.value })}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t("removeSubcontractor", { number: at + 1 })}
              onClick={() => onChange(of.filter((_, nth) => nth !== at))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {of.length < MOST && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...of, { name: "", jurisdiction: "", service: "" }])}
          >
            {t("addSubcontractor")}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
}
