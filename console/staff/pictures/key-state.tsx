// What stands of keys and indexes, and which erasures are not final yet.
import { Badge, Group, Progress, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { useIndexName } from "../../shared/index-name.ts";
import { Picture } from "../../shared/pictures/picture.tsx";
import { useAsk } from "../../shared/queries.ts";

const COLOURS = { pending: "gray", active: "green", retiring: "yellow", destroyed: "red" } as const;
const PERCENT = 100;

export function KeyState(): ReactNode {
  const t = useTranslations("pictures");
  const words = useTranslations("words");
  const format = useFormatter();
  const indexName = useIndexName();
  const state = useAsk("showKeyState", {});
  const domainName = (domain: string): string => {
    if (domain === "base") return t("keys.base");
    const key = `keyDomains.${domain}` as "keyDomains.index";
    return words.has(key) ? words(key) : domain;
  };
  return (
    <Answered of={state}>
      {({ versions, erasures, indexes, isEstimate }) => {
        const most = Math.max(1, ...indexes.map(({ tokens }) => tokens));
        return (
          <Stack>
            <Picture
              title={t("keys.title")}
              summary={t("keys.summary", { waiting: erasures.waiting, unswept: erasures.unswept })}
              columns={[t("keys.domain"), t("keys.version"), t("keys.state")]}
              rows={versions.map(({ domain, version, state: stands }) => [
                domainName(domain),
                version,
                t(`keys.states.${stands}`),
              ])}
            >
              <Stack gap="xs">
                {[...new Set(versions.map(({ domain }) => domain))].map((domain) => (
                  <Group key={domain} justify="space-between">
                    <Text size="sm">{domainName(domain)}</Text>
                    <Group gap={4}>
                      {versions
                        .filter((each) => each.domain === domain)
                        .map(({ version, state: stands }) => (
                          <Badge key={version} variant="light" color={COLOURS[stands]} tt="none">
                            {version}: {t(`keys.states.${stands}`)}
                          </Badge>
                        ))}
                    </Group>
                  </Group>
                ))}
              </Stack>
            </Picture>
            <Picture
              title={t("indexes.title")}
              summary={isEstimate ? t("indexes.estimated") : t("indexes.counted")}
              columns={[t("indexes.index"), t("indexes.tokens")]}
              rows={indexes.map(({ index, tokens }) => [indexName(index), tokens])}
            >
              <Stack gap="xs">
                {indexes.map(({ index, tokens }) => (
                  <div key={index}>
                    <Text size="sm">
                      {indexName(index)}: {format.number(tokens)}
                    </Text>
                    <Progress value={(tokens / most) * PERCENT} />
                  </div>
                ))}
              </Stack>
            </Picture>
          </Stack>
        );
      }}
    </Answered>
  );
}
