// A file to import: dropped, matched against a mapping with its first rows, then sent in parts, with progress, totals and what was refused.
import { Alert, Button, Group, List, Progress, Select, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconFileUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { useAttempt } from "../../shared/attempt.ts";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { headOf } from "./file-head.ts";
import { Preview } from "./preview.tsx";
import { FILE_BYTES_MAX, sendFile } from "./send-file.ts";

export type Mapping = AnswerOf<"listMappings">["items"][number];

export function NewImport(): ReactNode {
  const t = useTranslations("imports");
  const mappings = useAsk("listMappings", {});
  const [file, setFile] = useState<File | null>(null);
  return (
    <Page title={t("new")} lead={t("newLead")}>
      <Dropzone
        onDrop={([dropped]) => setFile(dropped ?? null)}
        maxFiles={1}
        maxSize={FILE_BYTES_MAX}
        aria-label={t("drop")}
        inputProps={{ "aria-label": t("drop") }}
      >
        <Group justify="center" gap="md" mih={110} style={{ pointerEvents: "none" }}>
          <IconFileUpload size={36} aria-hidden />
          <div>
            <Text>{file === null ? t("drop") : file.name}</Text>
            <Text size="sm" c="dimmed">
              {t("dropHint")}
            </Text>
          </div>
        </Group>
      </Dropzone>
      {file !== null && <Answered of={mappings}>{({ items }) => <Match file={file} mappings={items} />}</Answered>}
    </Page>
  );
}

function Match({ file, mappings }: { readonly file: File; readonly mappings: readonly Mapping[] }): ReactNode {
  const t = useTranslations("imports");
  const [name, setName] = useState<string | null>(null);
  const mapping = mappings.find((each) => each.name === name) ?? null;
  // The first rows stay out of what is remembered beyond this page.
  const head = useQuery({
    queryKey: ["file-head", name, file.lastModified],
    queryFn: () => headOf(file, mapping!),
    enabled: mapping !== null,
    retry: false,
    gcTime: 0,
  });
  return (
    <Stack>
      <Select
        label={t("mapping")}
        placeholder={t("chooseMapping")}
        data={mappings.map((each) => ({ value: each.name, label: `${each.label} (${each.name})` }))}
        value={name}
        onChange={setName}
        searchable
        maw="32rem"
      />
      {head.error !== null && <Alert color="red" role="alert" title={t("notOfFormat")} />}
      {mapping !== null && head.data !== undefined && (
        <>
          <Preview mapping={mapping} head={head.data} />
          <Send file={file} mapping={mapping} found={head.data.columns} />
        </>
      )}
    </Stack>
  );
}

interface SendProps {
  readonly file: File;
  readonly mapping: Mapping;
  readonly found: readonly string[];
}

function Send({ file, mapping, found }: SendProps): ReactNode {
  const t = useTranslations("imports");
  const format = useFormatter();
  const navigate = useNavigate();
  const { isBusy, error, attempt } = useAttempt();
  const [sent, setSent] = useState({ bytes: 0, line: 0 });
  const missing = mapping.columns.filter(({ column }) => !found.includes(column));
  const send = async () => {
    const importId = await sendFile(file, mapping.name, (bytes, line) => setSent({ bytes, line }));
    await navigate({ to: `/imports/${importId}` });
  };
  const percent = file.size === 0 ? 100 : Math.floor((sent.bytes / file.size) * 100);
  return (
    <Stack>
      {missing.length > 0 && (
        <Alert color="yellow" title={t("missing")}>
          <List size="sm">
            {missing.map(({ column }) => (
              <List.Item key={column}>{column}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {!mapping.mayRun && (
        <Alert color="yellow" title={t("notYours")}>
          {t("notYoursWhy")}
        </Alert>
      )}
      <Trouble error={error} again={mapping.mayRun ? () => attempt(send) : undefined} />
      {isBusy && (
        <div role="status">
          <Progress value={percent} animated aria-label={t("progress")} />
          <Text size="sm" mt="xs">
            {t("sent", { percent, line: format.number(sent.line) })}
          </Text>
        </div>
      )}
      <Group>
        <Button loading={isBusy} disabled={!mapping.mayRun} onClick={() => void attempt(send)}>
          {t("start")}
        </Button>
      </Group>
    </Stack>
  );
}
