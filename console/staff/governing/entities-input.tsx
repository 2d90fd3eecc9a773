// Legal entities by their codes: those that others on the staff have are offered, and one that nobody has is said to be perhaps not what was meant.
import { Alert, TagsInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAllPeople } from "./people.ts";

export interface EntitiesInputProps {
  readonly label: string;
  readonly description?: string;
  readonly value: readonly string[];
  readonly onChange: (entities: string[]) => void;
}

export function EntitiesInput({ label, description, value, onChange }: EntitiesInputProps): ReactNode {
  const t = useTranslations("governing");
  const format = useFormatter();
  const { rows, more } = useAllPeople();
  const known = [...new Set(rows.flatMap(({ entities }) => entities))].toSorted();
  const isWhole = rows.length > 0 && !more.hasMore;
  const unknown = isWhole ? value.filter((entity) => !known.includes(entity)) : [];
  return (
    <>
      <TagsInput label={label} description={description} data={known} value={[...value]} onChange={onChange} />
      {unknown.length > 0 && (
        <Alert role="status" color="yellow" p="xs">
          {t("unknownEntities", { entities: format.list(unknown) })}
        </Alert>
      )}
    </>
  );
}
