// What one asked for and asking more; which rights there are, how to use each, and by when one can expect an answer. What can be done here at once is a link to it.
import { Anchor, Card, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { PlacePage } from "../place-page.tsx";
import { AskRight } from "./ask-right.tsx";
import { OwnRights } from "./own-rights.tsx";
import { OwnTellings } from "./own-tellings.tsx";

const RIGHTS = ["see", "looked", "copy", "correct", "delete", "object", "reasons", "reach"] as const;
const HERE: Readonly<Partial<Record<(typeof RIGHTS)[number], "/file" | "/who-looked" | "/settings">>> = {
  see: "/file",
  looked: "/who-looked",
  reach: "/settings",
};

export function Rights(): ReactNode {
  const t = useTranslations("portal-rights");
  return (
    <PlacePage title={t("title")} lead={t("lead")}>
      <OwnRights />
      <OwnTellings />
      <AskRight />
      <Stack gap="sm">
        {RIGHTS.map((name) => (
          <Right key={name} name={name} />
        ))}
      </Stack>
      <Card withBorder component="section" aria-labelledby="how">
        <Title order={2} id="how" mb="xs">
          {t("how.title")}
        </Title>
        <Text>{t("how.text")}</Text>
        <Text mt="xs">{t("how.free")}</Text>
        <Text mt="xs">{t("how.complain")}</Text>
      </Card>
    </PlacePage>
  );
}

function Right({ name }: { readonly name: (typeof RIGHTS)[number] }): ReactNode {
  const t = useTranslations("portal-rights");
  const id = useId();
  const to = HERE[name];
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {t(`rights.${name}.title`)}
      </Title>
      <Text mt={4}>{t(`rights.${name}.text`)}</Text>
      <Text mt={4} c="dimmed">
        {t(`rights.${name}.when`)}
      </Text>
      {to !== undefined && (
        <Anchor component={Link} to={to} py={10} display="inline-block">
          {t("here")}
        </Anchor>
      )}
    </Card>
  );
}
