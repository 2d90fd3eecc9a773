// Finding a customer: what is typed is understood, the purpose is the role's usual one, and whatever is found is masked.
import { Alert, Box, Button, Grid, Group, Select, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { Page } from "../../shared/page.tsx";
import { useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { WorkList } from "../in-hand/work-list.tsx";
import { useIndexName } from "../../shared/index-name.ts";
import { FindBox } from "./find-box.tsx";
import { find, look, useFinding } from "./finding.ts";
import { HIT, Hits } from "./hits.tsx";
import { choosePurpose, type Purpose, usePurpose } from "./purposes.ts";

export function Find(): ReactNode {
  const t = useTranslations("customers");
  const list = useRef<HTMLUListElement>(null);
  const top = useRef<HTMLDivElement>(null);
  return (
    <Page title={t("find.title")} lead={t("find.lead")}>
      <Stack gap="lg" maw="60rem">
        <Grid align="end" ref={top}>
          <Grid.Col span={{ base: 12, sm: 8 }}>
            <FindBox onDown={() => list.current?.querySelector<HTMLElement>(HIT)?.focus()} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 4 }}>
            <PurposeChoice />
          </Grid.Col>
        </Grid>
        <Found list={list} onTop={() => top.current?.querySelector("input")?.focus()} />
      </Stack>
    </Page>
  );
}

function PurposeChoice(): ReactNode {
  const t = useTranslations("customers");
  const words = useTranslations("words");
  const { purposes } = useSession();
  return (
    <Select
      label={t("purpose")}
      size="md"
      allowDeselect={false}
      data={purposes.map((purpose) => ({ value: purpose, label: words(`purposes.${purpose}`) }))}
      value={usePurpose()}
      onChange={(value) => value !== null && choosePurpose(value as Purpose)}
    />
  );
}

type FoundProps = Pick<Parameters<typeof Hits>[0], "list" | "onTop">;

function Found({ list, onTop }: FoundProps): ReactNode {
  const t = useTranslations("customers");
  const readingName = useIndexName();
  const { state, by, hits, isCut, error } = useFinding();
  const purpose = usePurpose();
  if (state === "nothing-asked") return <Hints />;
  if (state === "too-little") return <Alert role="alert">{t("find.tooLittle")}</Alert>;
  if (state === "asking") return <Loading lines={3} />;
  return (
    <section aria-label={t("find.found")}>
      <VisuallyHidden role="status">{t("find.hits", { count: hits.length })}</VisuallyHidden>
      <Trouble error={error} again={() => find(purpose)} />
      {hits.length > 0 && by !== null && (
        <Group justify="space-between" mb="xs">
          <Title order={2}>{t("find.hits", { count: hits.length })}</Title>
          <Text size="sm" c="dimmed">
            {t("find.by", { reading: readingName(by) })}
          </Text>
        </Group>
      )}
      {hits.length > 0 && <Hits hits={hits} isCut={isCut} list={list} onTop={onTop} />}
      {hits.length === 0 && error === null && <Empty>{t("find.nobody")}</Empty>}
      <Others />
    </section>
  );
}

/** It was found as one thing; it may have been meant as another. */
function Others(): ReactNode {
  const t = useTranslations("customers");
  const { others: all } = useFinding();
  const readingName = useIndexName();
  // Of one index, the likeliest reading.
  const others = [...new Map(all.toReversed().map((each) => [each.index, each])).values()].toReversed();
  const purpose = usePurpose();
  if (others.length === 0) return null;
  return (
    <Group gap="xs" mt="md">
      <Text size="sm">{t("find.others")}</Text>
      {others.map((reading) => (
        <Button key={reading.index} size="compact-sm" variant="default" onClick={() => void look([reading], purpose)}>
          {readingName(reading.index)}
        </Button>
      ))}
    </Group>
  );
}

/** As long as nobody is looked for: how to, and what is in hand. */
function Hints(): ReactNode {
  const t = useTranslations("customers");
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t("find.hint")}
      </Text>
      <Text size="sm" c="dimmed">
        {t("find.keys")}
      </Text>
      <Box mt="lg">
        <WorkList />
      </Box>
    </Stack>
  );
}
