// A secret link to one's deadlines, for the calendar one has: made, made anew, ended.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { LinkOnce } from "../governing/link-once.tsx";

export function CalendarLink(): ReactNode {
  const t = useTranslations("account.calendar");
  const locale = useLocale();
  const language = locale === "es" || locale === "de" ? locale : "en";
  const state = useAsk("getCalendar", {});
  const [link, setLink] = useState<string | null>(null);
  const make = useAct("makeCalendar", { changes: ["getCalendar"], onDone: ({ url }) => setLink(url) });
  const end = useAct("endCalendar", { changes: ["getCalendar"] });
  const madeAt = state.data?.madeAt ?? null;
  return (
    <Stack gap="sm">
      <Title order={2}>{t("title")}</Title>
      <Trouble error={state.error ?? make.error ?? end.error} />
      {link === null ? (
        <>
          <Text size="sm">{t("what")}</Text>
          {madeAt !== null && <Text size="sm">{t.rich("since", { at: () => <Moment at={madeAt} /> })}</Text>}
          <Group>
            <Button variant="default" loading={make.isPending} onClick={() => make.mutate({ body: { language } })}>
              {madeAt === null ? t("make") : t("again")}
            </Button>
            {madeAt !== null && (
              <Button variant="default" loading={end.isPending} onClick={() => end.mutate({})}>
                {t("end")}
              </Button>
            )}
          </Group>
        </>
      ) : (
        <LinkOnce link={link} lead={t("lead")} kept={t("kept")} onKept={() => setLink(null)} />
      )}
    </Stack>
  );
}
