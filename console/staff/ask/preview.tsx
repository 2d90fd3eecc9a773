// What would be shown, masked or refused, field by field, and why; with the way to more where there is one.
import { Badge, Stack, Table, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loading } from "../../shared/loading.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { useSchema } from "../customers/schema.ts";
import { Grounds } from "../governing/grounds.tsx";
import type { About } from "../in-hand/disclosure-panel.tsx";
import { Remedy } from "../in-hand/remedy.tsx";
import type { PreviewAnswer } from "./use-preview.ts";

export interface PreviewProps {
  readonly preview: UseQueryResult<PreviewAnswer>;
  readonly about: About;
  readonly reason: string;
}

export function Preview({ preview, about, reason }: PreviewProps): ReactNode {
  const t = useTranslations("ask");
  const { data, error, refetch } = preview;
  if (error !== null) return <Trouble error={error} again={refetch} />;
  if (data === undefined) return <Loading lines={3} />;
  return (
    <Stack gap="xs">
      <Text role="status" size="sm">
        {t(`preview.outcome.${outcomeOf(data)}`)}
      </Text>
      {data.asks.held && <Text size="sm">{t("preview.held")}</Text>}
      <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} role="group" aria-label={t("preview.title")}>
        <Table aria-labelledby="would-be">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("preview.field")}</Table.Th>
              <Table.Th>{t("preview.form")}</Table.Th>
              <Table.Th>{t("preview.why")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.fields.map((field) => (
              <FieldRow key={field.field + (field.recordId ?? "")} field={field} about={about} reason={reason} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** The server counts a masked form as an answer; whoever reads it wants to know that it is the lesser one. */
function outcomeOf({ outcome, fields }: PreviewAnswer): "allowed" | "masked" | "partial" | "denied" {
  if (outcome === "denied" || fields.every(({ form }) => form === "denied")) return "denied";
  if (fields.some(({ form }) => form === "denied")) return "partial";
  return fields.some(({ form }) => form !== "clear") ? "masked" : "allowed";
}

interface FieldRowProps extends Pick<PreviewProps, "about" | "reason"> {
  readonly field: PreviewAnswer["fields"][number];
}

function FieldRow({ field, about, reason }: FieldRowProps): ReactNode {
  const t = useTranslations("ask");
  const work = useTranslations("work");
  const schema = useSchema();
  const { field: path, form, isEmpty, permittedBy, dataClass } = field;
  const record = schema.record(path.slice(0, path.indexOf(".")));
  return (
    <Table.Tr>
      <Table.Td>
        {schema.field(path).label}
        <Text size="xs" c="dimmed">
          {record}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge variant={form === "clear" ? "outline" : "default"}>{work(`forms.${form}`)}</Badge>
        {isEmpty && (
          <Text size="xs" c="dimmed">
            {t("preview.empty")}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Grounds of={field} />
        {permittedBy.map((remedy) => (
          <Remedy key={remedy.code + remedy.form} remedy={remedy} about={about} classes={[dataClass]} reason={reason} />
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
