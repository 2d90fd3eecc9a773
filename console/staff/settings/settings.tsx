// Settings: how the pages look and speak on this device, the keys that work, and, for whoever runs the server, what is configured weakly.
import { Card, Group, Kbd, List, Select, Stack, Table, Text, Title, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { chooseLanguage, type Language, LANGUAGE_NAMES, LANGUAGES, useLanguage } from "../../shared/texts.tsx";
import { usePlaces } from "../frame.tsx";

const SCHEMES = ["auto", "light", "dark"] as const;

export function SettingsPage(): ReactNode {
  const t = useTranslations("settings");
  const may = useMay();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack maw="46rem">
        <Looks />
        <Keys />
        {may("finding.list") && <Findings />}
      </Stack>
    </Page>
  );
}

function Looks(): ReactNode {
  const t = useTranslations("settings");
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card withBorder>
      <Title order={2}>{t("looks")}</Title>
      <Group mt="sm">
        <Select
          label={t("language")}
          allowDeselect={false}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => void chooseLanguage((value ?? "en") as Language)}
        />
        <Select
          label={t("scheme")}
          allowDeselect={false}
          data={SCHEMES.map((value) => ({ value, label: t(`schemes.${value}`) }))}
          value={colorScheme}
          onChange={(value) => setColorScheme((value ?? "auto") as (typeof SCHEMES)[number])}
        />
      </Group>
    </Card>
  );
}

function Keys(): ReactNode {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const places = usePlaces();
  const keys = [
    ["Ctrl + K", t("keys.palette")],
    ["U", t("keys.uncover")],
    ...places.map(({ keys: typed, name }) => [typed, common(`places.${name}`)]),
  ];
  return (
    <Card withBorder>
      <Title order={2}>{t("keys.title")}</Title>
      <Table mt="sm" aria-label={t("keys.title")}>
        <Table.Tbody>
          {keys.map(([typed, what]) => (
            <Table.Tr key={typed}>
              <Table.Td w="8rem">
                <Kbd>{typed}</Kbd>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

/** What is weaker than production should be. */
function Findings(): ReactNode {
  const t = useTranslations("settings");
  const findings = useAsk("listFindings", {});
  return (
    <Card withBorder>
      <Title order={2}>{t("findings")}</Title>
      <Answered of={findings}>
        {({ items }) =>
          items.length === 0 ? (
            <Text mt="sm">{t("noFindings")}</Text>
          ) : (
            <List mt="sm">
              {items.map(({ code, clientId, says }) => (
                <List.Item key={`${code} ${clientId}`}>{says}</List.Item>
              ))}
            </List>
          )
        }
      </Answered>
    </Card>
  );
}
