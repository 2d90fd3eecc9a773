// A file mapped by hand: what it is as a whole, what each column becomes, what its first rows would be stored as; then proposed to whoever approves it.
import { Alert, Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { useSchema } from "../customers/schema.ts";
import { ColumnTable } from "./column-table.tsx";
import { type Draft, fillable, missingOf, textOf } from "./draft.ts";
import { FeedForm } from "./feed-form.tsx";
import { type FileHead, type FileFormat, firstLines, formatOf, headIn } from "./file-head.ts";
import { suggest } from "./suggest.ts";
import { Trial } from "./trial.tsx";

interface Seen {
  readonly text: string;
  readonly head: FileHead;
}

export function MapColumns({ file }: { readonly file: File }): ReactNode {
  const t = useTranslations("imports");
  const { name: viewer, entities, lines } = useSession();
  const { recordTypes } = useSchema();
  const sheet = useClearSheet<Seen>();
  const [format, setFormat] = useState<FileFormat | null>(null);
  const [draft, setDraft] = useState<Draft>(() => blank(entities[0] ?? "", lines[0] ?? "general"));
  const { show } = sheet;
  const look = async (): Promise<void> => {
    const text = await firstLines(file);
    const found = formatOf(text);
    const head = headIn(text, found);
    show({ text, head });
    setFormat(found);
    setDraft((former) => (Object.keys(former.columns).length > 0 ? former : begun(former, head, recordTypes)));
  };
  useEffect(() => {
    if (recordTypes.length > 0) void look();
    // Once for a file, as soon as it is known what there is to map to.
  }, [file, recordTypes.length > 0]);
  const types = useMemo(() => fillable(recordTypes, draft), [recordTypes, draft]);
  if (format === null) return null;
  return (
    <Stack>
      <FeedForm draft={draft} onDraft={setDraft} />
      <Title order={2}>{t("preview")}</Title>
      {sheet.content === null ? (
        <Group>
          <Text size="sm">{t("map.gone")}</Text>
          <Button size="xs" variant="default" onClick={() => void look()}>
            {t("map.again")}
          </Button>
        </Group>
      ) : (
        <ClearRegion label={t("preview")} viewer={viewer} sheet={sheet}>
          <ColumnTable head={sheet.content.head} types={types} draft={draft} onDraft={setDraft} />
        </ClearRegion>
      )}
      <Offer draft={draft} types={types} text={textOf(draft, format, types)} head={sheet.content?.text ?? null} />
    </Stack>
  );
}

function blank(entity: string, line: string): Draft {
  const place = { entity, brand: entity, line };
  const written = { country: "US", currency: "USD", decimalMark: "point" } as const;
  const said = { name: "", label: "", system: "", origin: null };
  return { ...said, ...place, kind: "person", key: null, unit: null, ...written, columns: {} };
}

/** The first column that reads like a number of a customer tells them apart, until somebody says otherwise. */
function begun(former: Draft, head: FileHead, recordTypes: Parameters<typeof fillable>[0]): Draft {
  const columns = suggest(head, fillable(recordTypes, former));
  const key = Object.keys(columns).find((column) => columns[column]?.field === "person.customer-number");
  return { ...former, columns, key: key ?? head.columns.find((column) => /(id|no|number|nr)$/i.test(column)) ?? null };
}

interface OfferProps {
  readonly draft: Draft;
  readonly types: Parameters<typeof missingOf>[1];
  readonly text: string;
  readonly head: string | null;
}

function Offer({ draft, types, text, head }: OfferProps): ReactNode {
  const t = useTranslations("imports");
  const [tried, setTried] = useState<string | null>(null);
  const propose = useAct("proposeMapping", { changes: ["listMappings"] });
  const missing = missingOf(draft, types);
  if (propose.data !== undefined) {
    const { name, made } = propose.data;
    return (
      <Alert color="green" role="status" title={t("map.proposed", { name, version: made?.version ?? 1 })}>
        <Text size="sm" mb="xs">
          {t("map.proposedNext")}
        </Text>
        <Button component={Link} to="/imports/mappings" size="xs" variant="default">
          {t("mappings.title")}
        </Button>
      </Alert>
    );
  }
  return (
    <Stack>
      {missing.length > 0 && (
        <Alert color="gray" title={t("map.missing.title")}>
          <List size="sm">
            {missing.map((each) => (
              <List.Item key={each}>{t(`map.missing.${each}`)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Trial text={text} head={head} isReady={missing.length === 0} onTried={setTried} />
      <Trouble error={propose.error} again={() => propose.mutate({ body: { text } })} />
      <Group>
        <Button
          loading={propose.isPending}
          disabled={missing.length > 0 || tried !== text}
          onClick={() => propose.mutate({ body: { text } })}
        >
          {t("map.propose")}
        </Button>
        {tried !== text && missing.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("map.tryFirst")}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
