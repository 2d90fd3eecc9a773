// What customers can do here, and what is new.
import { Alert, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { useSession } from "../session.ts";
import { News } from "./news.tsx";
import { Notices } from "./notices.tsx";
import { WaitingChanges } from "./waiting-changes.tsx";
import { PLACES } from "../places.ts";
import { PlaceCard } from "./place-card.tsx";

export function Start(): ReactNode {
  const t = useTranslations("portal");
  const { strongAt } = useSession();
  return (
    <Page title={t("start.title")} lead={t("start.lead")}>
      <News />
      <WaitingChanges />
      <Notices />
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
        {PLACES.map((place) => (
          <li key={place.to}>
            <PlaceCard {...place} />
          </li>
        ))}
      </Stack>
      {strongAt === null && (
        <Alert icon={<IconInfoCircle aria-hidden />} color="gray">
          <Text>{t("start.byCode")}</Text>
        </Alert>
      )}
    </Page>
  );
}
