// For whom the customer may act, and how somebody may act for them.
import { Anchor, Card, List, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { PlacePage } from "../place-page.tsx";
import { Representatives } from "./representatives.tsx";
import { type PortalSession, useSession } from "../session.ts";

export function People(): ReactNode {
  const t = useTranslations("portal-people");
  const { standsFor } = useSession();
  return (
    <PlacePage title={t("title")}>
      <Part title={t("others.title")}>
        {standsFor.length === 0 ? (
          <Text>{t("others.none")}</Text>
        ) : (
          <Stack gap="sm">
            {standsFor.map((other, at) => (
              <Other key={other.customerId} other={other} number={at + 1} />
            ))}
            <Anchor component={Link} to="/file" py={10} w="fit-content">
              {t("others.open")}
            </Anchor>
          </Stack>
        )}
      </Part>
      <Part title={t("me.title")}>
        <Representatives />
        <Text mt="sm">{t("me.text")}</Text>
        <Text mt="xs">{t("me.end")}</Text>
      </Part>
    </PlacePage>
  );
}

interface OtherProps {
  readonly other: PortalSession["standsFor"][number];
  readonly number: number;
}

/** No name: names are shown, and that written down, in the file itself. */
function Other({ other: { as, classes, unitIds }, number }: OtherProps): ReactNode {
  const portal = useTranslations("portal");
  const t = useTranslations("portal-people");
  const language = useLanguage();
  const topics = useAsk("listPortalTopics", {}, { enabled: classes !== null });
  return (
    <div>
      <Text fw={600}>{portal(`whose.${as}`, { number })}</Text>
      <Text size="sm">
        {t(unitIds === null ? "others.everything" : "others.some", { count: unitIds?.length ?? 0 })}
      </Text>
      {classes !== null && (
        <Answered of={topics}>
          {(known) => (
            <List size="sm">
              {known.topics
                .filter(({ topic }) => classes.includes(topic))
                .map(({ topic, title }) => (
                  <List.Item key={topic}>{title[language]}</List.Item>
                ))}
            </List>
          )}
        </Answered>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {title}
      </Title>
      {children}
    </Card>
  );
}
