// The copies that were made for one, each in the forms it can be had in. A file is saved, never shown in these pages.
import { Anchor, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { COPY_ENDINGS, COPY_FORMS, type CopyForm } from "../../../contract/file-endings.ts";
import { Answered } from "../../shared/answered.tsx";
import { type AnswerOf, askForFile } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { PlacePage } from "../place-page.tsx";
import { useSession } from "../session.ts";

type Package = AnswerOf<"listOwnDataCopies">["items"][number];

export function Packages(): ReactNode {
  const t = useTranslations("portal-packages");
  const found = useAsk("listOwnDataCopies", {});
  return (
    <PlacePage title={t("title")} lead={t("lead")}>
      <Answered of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>
              {t("none")}{" "}
              <Anchor component={Link} to="/rights">
                {t("ask")}
              </Anchor>
            </Text>
          ) : (
            <Stack>
              {items.map((one) => (
                <OnePackage key={one.copyId} of={one} />
              ))}
            </Stack>
          )
        }
      </Answered>
    </PlacePage>
  );
}

function OnePackage({ of }: { readonly of: Package }): ReactNode {
  const t = useTranslations("portal-packages");
  const id = useId();
  const { strongAt } = useSession();
  const fetching = useMutation({
    mutationFn: async (form: CopyForm) => {
      const file = await askForFile("fetchOwnDataCopy", { params: { copyId: of.copyId, form } });
      saveFile(file, `information-${of.madeAt.slice(0, 10)}${COPY_ENDINGS[form]}`);
    },
  });
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {t("made")} <Moment at={of.madeAt} />
      </Title>
      {of.expiresAt !== null && (
        <Text c="dimmed">
          {t("until")} <Moment at={of.expiresAt} />
        </Text>
      )}
      {of.state === "ready" ? (
        <>
          {strongAt === null && <Text mt="sm">{t("strong")}</Text>}
          <Trouble error={fetching.error} />
          <Group gap="sm" mt="sm">
            {COPY_FORMS.map((form) => (
              <Button
                key={form}
                variant="default"
                mih={44}
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={fetching.isPending && fetching.variables === form}
                onClick={() => fetching.mutate(form)}
              >
                {form === "archive" ? t("forms.archive", { count: of.papers }) : t(`forms.${form}`)}
              </Button>
            ))}
          </Group>
        </>
      ) : (
        <Text mt="sm">{t("review")}</Text>
      )}
    </Card>
  );
}
