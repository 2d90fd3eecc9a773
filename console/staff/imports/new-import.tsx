// A file to import: dropped, matched against a mapping that stands or mapped here, then sent, with progress, totals and what was refused.
import { Alert, List, Select, Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { FileDrop } from "./file-drop.tsx";
import { firstLines, formatOf, headIn } from "./file-head.ts";
import { ImportTabs } from "./import-tabs.tsx";
import { MapColumns } from "./map-columns.tsx";
import { Preview } from "./preview.tsx";
import { Send } from "./send.tsx";

export type Mapping = AnswerOf<"listMappings">["items"][number];

export function NewImport(): ReactNode {
  const t = useTranslations("imports");
  const mappings = useAsk("listMappings", {});
  const [file, setFile] = useState<File | null>(null);
  return (
    <Page title={t("new")} lead={t("newLead")}>
      <ImportTabs />
      <FileDrop file={file} onFile={setFile} />
      {file !== null && (
        <Answered of={mappings}>
          {({ items }) => <Ways key={`${file.name} ${file.lastModified}`} file={file} mappings={items} />}
        </Answered>
      )}
    </Page>
  );
}

/** Beginning with the mapping whose columns the file has; mapping it here where none has them. */
function Ways({ file, mappings }: { readonly file: File; readonly mappings: readonly Mapping[] }): ReactNode {
  const t = useTranslations("imports");
  const may = useMay();
  const usable = mappings.filter(({ made }) => made?.approvedBy !== null);
  // The names of columns alone; the rows stay out of what is remembered.
  const columns = useQuery({
    queryKey: ["file-columns", file.name, file.lastModified],
    queryFn: async () => {
      const text = await firstLines(file);
      return headIn(text, formatOf(text)).columns;
    },
    retry: false,
    gcTime: 0,
  });
  if (columns.error !== null) return <Alert color="red" role="alert" title={t("notOfFormat")} />;
  if (columns.data === undefined) return null;
  const fits = usable.find((mapping) => hasSameColumns(mapping, columns.data));
  if (!may("mapping.propose")) return <Match file={file} mappings={usable} first={fits?.name ?? null} />;
  return (
    <Tabs defaultValue={fits === undefined ? "map" : "match"} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="match">{t("byMapping")}</Tabs.Tab>
        <Tabs.Tab value="map">{t("mapIt")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="match">
        <Match file={file} mappings={usable} first={fits?.name ?? null} />
      </Tabs.Panel>
      <Tabs.Panel value="map">
        <MapColumns file={file} />
      </Tabs.Panel>
    </Tabs>
  );
}

function hasSameColumns({ columns }: Mapping, found: readonly string[]): boolean {
  return columns.length === found.length && columns.every(({ column }) => found.includes(column));
}

interface MatchProps {
  readonly file: File;
  readonly mappings: readonly Mapping[];
  readonly first: string | null;
}

function Match({ file, mappings, first }: MatchProps): ReactNode {
  const t = useTranslations("imports");
  const [name, setName] = useState<string | null>(first);
  const mapping = mappings.find((each) => each.name === name) ?? null;
  // The first rows stay out of what is remembered beyond this page.
  const head = useQuery({
    queryKey: ["file-head", name, file.lastModified],
    queryFn: async () => headIn(await firstLines(file), mapping!),
    enabled: mapping !== null,
    retry: false,
    gcTime: 0,
  });
  const missing = mapping?.columns.filter(({ column }) => head.data?.columns.includes(column) === false) ?? [];
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
          {missing.length > 0 && (
            <Alert color="yellow" title={t("missing")}>
              <List size="sm">
                {missing.map(({ column }) => (
                  <List.Item key={column}>{column}</List.Item>
                ))}
              </List>
            </Alert>
          )}
          <Send file={file} mapping={mapping} />
        </>
      )}
    </Stack>
  );
}
