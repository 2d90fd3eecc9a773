// The copies of a customer's data that can still be fetched: which papers go along and why others do not, and the files, for whoever sends them on paper.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { COPY_ENDINGS, COPY_FORMS, type CopyForm } from "../../../contract/file-endings.ts";
import { type AnswerOf, askForFile } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";

type Copy = AnswerOf<"listDataCopiesOfCustomer">["items"][number];

export function Copies({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("retention.copies");
  const id = useId();
  const { data, error, refetch } = useAsk("listDataCopiesOfCustomer", { params: { customerId } });
  return (
    <Stack gap="sm" component="section" aria-labelledby={id}>
      <Title order={3} size="h5" id={id}>
        {t("had")}
      </Title>
      <Trouble error={error} again={() => void refetch()} />
      {(data?.items ?? []).length === 0 && <Text c="dimmed">{data === undefined ? t("looking") : t("none")}</Text>}
      {data?.items.map((one) => (
        <OneCopy key={one.copyId} of={one} />
      ))}
    </Stack>
  );
}

function OneCopy({ of }: { readonly of: Copy }): ReactNode {
  const t = useTranslations("retention.copies");
  const may = useMay();
  const isOwn = useSession().principalId === of.madeBy;
  const { included, leftOut } = of.papers;
  return (
    <Card withBorder padding="sm">
      <Text>
        {t("made")} <Moment at={of.madeAt} />
        {of.expiresAt !== null && (
          <Text span c="dimmed">
            , {t("until")} <Moment at={of.expiresAt} />
          </Text>
        )}
      </Text>
      <Text size="sm">{t("papers", { count: included })}</Text>
      {leftOut.map(({ why, count }) => (
        <Text size="sm" c="dimmed" key={why}>
          {t(`leftOut.${why}`, { count })}
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        {t("fetched", { count: of.fetched.length })}
      </Text>
      {of.state === "in-review" && <Text size="sm">{t("review")}</Text>}
      {of.state === "ready" &&
        may("data-copy.fetch") &&
        (isOwn ? <Text size="sm">{t("own")}</Text> : <Fetching of={of} />)}
    </Card>
  );
}

function Fetching({ of }: { readonly of: Copy }): ReactNode {
  const t = useTranslations("retention.copies");
  const queries = useQueryClient();
  const { customerId, copyId } = of;
  const fetching = useMutation({
    mutationFn: async (form: CopyForm) => {
      const file = await askForFile("fetchDataCopy", { params: { customerId, copyId, form } });
      saveFile(file, `information-${of.madeAt.slice(0, 10)}${COPY_ENDINGS[form]}`);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["listDataCopiesOfCustomer"] }),
  });
  return (
    <Stack gap="xs" mt="xs">
      <Text size="sm">{t("paper")}</Text>
      <Trouble error={fetching.error} />
      <Group gap="xs">
        {COPY_FORMS.map((form) => (
          <Button
            key={form}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            loading={fetching.isPending && fetching.variables === form}
            onClick={() => fetching.mutate(form)}
          >
            {t(`forms.${form}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
