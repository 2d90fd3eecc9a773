// Values in clear, by topic; each marked with the record and field that it is of, so that copying one can be written down.
import { ActionIcon, Badge, Card, Stack, Text, Title } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useCopy } from "../../shared/clear/copying.ts";
import { useSchema } from "../customers/schema.ts";
import type { DisclosedField } from "./disclose.ts";
import { useReadable } from "./readable.ts";

const FIRST: readonly DisclosedField["dataClass"][] = ["identity", "contact", "claims-narrative", "financial"];
const LONG_CHARACTERS = 80;

export function ClearFields({ fields }: { readonly fields: readonly DisclosedField[] }): ReactNode {
  const words = useTranslations("words");
  const topics = [...Map.groupBy(fields, ({ dataClass }) => dataClass)].toSorted(
    ([one], [other]) => placeOf(one) - placeOf(other),
  );
  return (
    <div className="columns">
      {topics.map(([dataClass, held]) => (
        <Card key={dataClass} withBorder padding="sm" className="sheet">
          <Title order={2} size="h3" mb={4}>
            {words(`classes.${dataClass}`)}
          </Title>
          <Records fields={held} />
        </Card>
      ))}
    </div>
  );
}

function placeOf(dataClass: DisclosedField["dataClass"]): number {
  const at = FIRST.indexOf(dataClass);
  return at < 0 ? FIRST.length : at;
}

function Records({ fields }: { readonly fields: readonly DisclosedField[] }): ReactNode {
  const schema = useSchema();
  const records = [...Map.groupBy(fields, ({ recordId }) => recordId ?? "")];
  return (
    <Stack gap="xs">
      {records.map(([recordId, own]) => (
        <div key={recordId}>
          {records.length > 1 && (
            <Text size="sm" fw={600}>
              {schema.record(own[0]!.field.slice(0, own[0]!.field.indexOf(".")))}
            </Text>
          )}
          <dl className="terms">
            {own.map((field) => (
              <Term key={field.field} field={field} />
            ))}
          </dl>
        </div>
      ))}
    </Stack>
  );
}

function Term({ field }: { readonly field: DisclosedField }): ReactNode {
  const t = useTranslations("work");
  const schema = useSchema();
  const readable = useReadable();
  const copy = useCopy();
  const { field: path, recordId, form, value = "", given, disputed } = field;
  const format = useFormatter();
  const { label, type } = schema.field(path);
  // Codes by our own list, as everywhere else; whatever else as whoever gave it wrote it.
  const text = form === "clear" ? readable(type === "code" ? value : (given ?? value), { path, type }) : value;
  return (
    <div data-long={text.length > LONG_CHARACTERS ? "" : undefined}>
      <dt>{label}</dt>
      <dd>
        <span data-field={form === "clear" ? path : undefined} data-record={recordId ?? undefined}>
          {text}
        </span>
        {copy !== null && form === "clear" && recordId !== null && (
          <ActionIcon
            className="copy"
            variant="subtle"
            size="sm"
            aria-label={t("copy", { label })}
            onClick={() => copy([{ recordId, field: path }], text)}
          >
            <IconCopy size={14} aria-hidden />
          </ActionIcon>
        )}
        {form !== "clear" && (
          <Badge size="xs" variant="default" ml={6}>
            {t(`forms.${form}`)}
          </Badge>
        )}
        {disputed !== undefined && (
          <Badge
            size="xs"
            variant="default"
            ml={6}
            title={t("disputed.since", { on: format.dateTime(new Date(disputed.filedAt), { dateStyle: "medium" }) })}
          >
            {t("disputed.mark")}
          </Badge>
        )}
      </dd>
    </div>
  );
}
