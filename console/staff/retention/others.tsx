// What of a copy may name other people: record by record, until somebody who did not make the copy has read each and decided.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { ReadOther } from "./read-other.tsx";

type Package = AnswerOf<"listDataCopies">["items"][number];
export type HeldRecord = AnswerOf<"listDataCopyOthers">["items"][number];
export type At = Pick<Package, "customerId" | "copyId">;

interface OthersProps {
  readonly of: Package;
  readonly mayDecide: boolean;
}

export function Others({ of, mayDecide }: OthersProps): ReactNode {
  const t = useTranslations("retention.others");
  const [isOpen, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Text size="sm">{t("waiting", { count: of.others.waiting })}</Text>
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={isOpen} aria-controls={id}>
          {isOpen ? t("hide") : t("look")}
        </Button>
      </Group>
      <div id={id}>{isOpen && <Listed of={of} mayDecide={mayDecide} />}</div>
    </Stack>
  );
}

function Listed({ of: { customerId, copyId }, mayDecide }: OthersProps): ReactNode {
  const t = useTranslations("retention.others");
  const { data, error, refetch } = useAsk("listDataCopyOthers", { params: { customerId, copyId } });
  const open = (data?.items ?? []).filter(({ decision }) => decision === null);
  return (
    <Stack gap="sm">
      <Trouble error={error} again={() => void refetch()} />
      {data === undefined && error === null && <Text c="dimmed">{t("looking")}</Text>}
      {open.map((record) => (
        <OneRecord key={record.recordId} at={{ customerId, copyId }} record={record} mayDecide={mayDecide} />
      ))}
    </Stack>
  );
}

interface OneRecordProps {
  readonly at: At;
  readonly record: HeldRecord;
  readonly mayDecide: boolean;
}

function OneRecord({ at, record, mayDecide }: OneRecordProps): ReactNode {
  const names = useFieldNames();
  const { type, unitId, fields } = record;
  return (
    <Card withBorder padding="sm">
      <Group gap="xs">
        <Text fw={600}>{names.record(type)}</Text>
        <ShortId id={unitId} />
      </Group>
      <Text size="sm" c="dimmed" mb={mayDecide ? "xs" : 0}>
        {fields.map((field) => names.field(`${type}.${field}`)).join(", ")}
      </Text>
      {mayDecide && <ReadOther at={at} record={record} />}
    </Card>
  );
}
