// A paper that may name other people: saved to be read, and a copy of it, out of which they were struck elsewhere, taken in to go along in its place.
import { Button, FileInput, Group, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { paperTypeOf } from "../../../contract/file-endings.ts";
import { useAct } from "../../shared/act.ts";
import { askForFile, type AskingOf } from "../../shared/ask.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { At } from "./others.tsx";
import type { Reading } from "./read-other.tsx";

interface PaperOtherProps {
  readonly at: At;
  readonly reading: Reading;
  readonly onInstead: (recordId: string) => void;
}

type Filing = AskingOf<"fileDocument">["query"];
const KINDS: readonly Filing["kind"][] = ["letter", "form", "photograph", "recording", "report", "statement", "other"];
/** What the gate writes down of why the paper is read. */
const WHY = "read for other people's data, for a copy of the person it is about";

export function PaperOther({ at: { customerId }, reading, onInstead }: PaperOtherProps): ReactNode {
  const t = useTranslations("retention.others");
  const may = useMay();
  const { recordId, unitId, texts } = reading;
  const save = useMutation({
    mutationFn: async () => {
      const body = { purpose: "data-subject-request", basis: "rights-request", justification: WHY } as const;
      const file = await askForFile("readDocument", { params: { customerId, recordId }, body });
      saveFile(file, file.name);
    },
  });
  const take = useAct("fileDocument", { onDone: (filed) => onInstead(filed.recordId) });
  const replace = (file: File | null): void => {
    if (file === null) return;
    const mediaType = paperTypeOf(file.type);
    const kind = KINDS.find((known) => known === texts.find(({ name }) => name === "kind")?.value) ?? "other";
    take.mutate({ params: { customerId }, query: { unitId, kind, mediaType }, body: file });
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{t("paper")}</Text>
      <Trouble error={save.error ?? take.error} />
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t("savePaper")}
        </Button>
      </Group>
      {may("document.file") && (
        <FileInput
          label={t("instead")}
          description={t("insteadHint")}
          accept="application/pdf,image/*,text/plain"
          disabled={take.isPending}
          onChange={replace}
        />
      )}
    </Stack>
  );
}
