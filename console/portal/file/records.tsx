// What a topic holds, record by record: what each thing is called, and what we hold; in part where more needs a passkey.
import { Alert, Badge, Box, Group, Stack, Text, Title } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Origin } from "../../shared/origin.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { ByPasskey } from "./by-passkey.tsx";
import classes from "./records.module.css";
import type { PortalFile, Topics } from "./topic.tsx";

type ShownRecord = PortalFile["topics"][number]["records"][number];

export interface RecordsProps {
  readonly file: PortalFile;
  readonly titles: Topics["records"];
  /** It is the reader's own, and not of somebody they may see. */
  readonly isOwn: boolean;
  /** Asks once more, for what a passkey shows. */
  readonly again: () => Promise<unknown>;
}

export function Records({ file, titles, isOwn, again }: RecordsProps): ReactNode {
  const t = useTranslations("portal-file");
  const records = file.topics.flatMap((topic) => topic.records);
  if (records.length === 0) return <Text py="xs">{t("nothing")}</Text>;
  const isMore = records.some(({ fields }) => fields.some(({ withPasskey }) => withPasskey));
  return (
    <Stack gap="md">
      {isMore && (
        <Alert icon={<IconFingerprint aria-hidden />} color="gray" mb={0}>
          <Text mb="xs">{t("inPart")}</Text>
          <ByPasskey again={again} />
        </Alert>
      )}
      {records.map((record) => (
        <OneRecord key={record.recordId} record={record} titles={titles} isOwn={isOwn} units={file.units} />
      ))}
    </Stack>
  );
}

interface OneRecordProps {
  readonly record: ShownRecord;
  readonly titles: Topics["records"];
  readonly isOwn: boolean;
  readonly units: PortalFile["units"];
}

function OneRecord({ record, titles, isOwn, units }: OneRecordProps): ReactNode {
  const t = useTranslations("portal-file");
  const language = useLanguage();
  const names = useFieldNames();
  const title = titles.find(({ type }) => type === record.type)?.title[language] ?? names.record(record.type);
  const unit = units.find(({ unitId }) => unitId === record.unitId);
  return (
    <Box>
      <Group gap="xs" align="baseline">
        <Title order={3}>{title}</Title>
        {unit !== undefined && unit.kind !== "relationship" && (
          <Text size="sm" c="dimmed">
            {t(unit.kind === record.type ? "line" : "of", {
              kind: t(`kinds.${unit.kind}`),
              line: t(`lines.${unit.line}`),
            })}
          </Text>
        )}
      </Group>
      <dl className={classes["fields"]}>
        {record.fields.map(({ field, label, form, value, isWhole }) => (
          <div key={field} className={classes["field"]}>
            <dt>{names.field(field, label)}</dt>
            <dd>
              {form === "held" ? t("held") : <Value value={names.code(field, value) ?? value} />}{" "}
              {form === "masked" && !isWhole && (
                <Badge variant="default" tt="none" fw={400}>
                  {t("part")}
                </Badge>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Origin origin={record.origin} isReaders={isOwn} />
    </Box>
  );
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function Value({ value }: { readonly value: string }): ReactNode {
  const format = useFormatter();
  if (!DATE.test(value)) return value;
  return format.dateTime(new Date(`${value}T00:00:00Z`), { dateStyle: "long", timeZone: "UTC" });
}
