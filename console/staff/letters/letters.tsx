// Letters on paper: batches to print and post above, and below them the letters by how far they are. No word of a letter, and no address: those are on paper alone.
import { Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { useMay } from "../../shared/session.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Batches } from "./batches.tsx";
import { LetterTabs } from "./letter-tabs.tsx";
import { MakeBatch } from "./make-batch.tsx";
import { Queue } from "./queue.tsx";

export function LettersPage(): ReactNode {
  const t = useTranslations("letters");
  const may = useMay();
  const make = may("letter.print") && (
    <DialogButton
      label={t("make.open")}
      title={t("make.title")}
      variant="filled"
      dialog={(close) => <MakeBatch onDone={close} />}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={make}>
      <LetterTabs />
      <Stack gap="lg">
        <section aria-labelledby="batches">
          <Title order={2} mb="sm" id="batches">
            {t("batches.title")}
          </Title>
          <Batches />
        </section>
        <section aria-labelledby="queue">
          <Title order={2} mb="sm" id="queue">
            {t("queue.title")}
          </Title>
          <Queue />
        </section>
      </Stack>
    </Page>
  );
}
