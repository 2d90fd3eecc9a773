// The first rows as they would be stored, and those that would be refused, with reasons: by the import's own rules, and nothing of it kept.
import { Alert, Badge, Button, Group, List, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { useReasons } from "./reasons.ts";

type Tried = AnswerOf<"tryMapping">;

export interface TrialProps {
  readonly text: string;
  /** The file's first lines; null: they are gone from this page. */
  readonly head: string | null;
  readonly isReady: boolean;
  /** Told the text once it was found to fit. */
  readonly onTried: (text: string) => void;
}

export function Trial({ text, head, isReady, onTried }: TrialProps): ReactNode {
  const t = useTranslations("imports");
  const { name } = useSession();
  const sheet = useClearSheet<Tried>();
  const { isBusy, error, attempt } = useAttempt();
  const look = async (): Promise<void> => {
    const tried = await ask("tryMapping", { body: { text, head: head ?? "" } });
    sheet.show(tried);
    if (tried.faults.length === 0) onTried(text);
  };
  return (
    <Stack gap="sm">
      <Group>
        <Button
          variant="default"
          loading={isBusy}
          disabled={!isReady || head === null}
          onClick={() => void attempt(look)}
        >
          {t("map.try")}
        </Button>
      </Group>
      <Trouble error={error} again={() => attempt(look)} />
      {sheet.content !== null && (
        <ClearRegion label={t("map.tried")} viewer={name} sheet={sheet}>
          <TriedRows tried={sheet.content} />
        </ClearRegion>
      )}
    </Stack>
  );
}

function TriedRows({ tried: { faults, needsApproval, rows } }: { readonly tried: Tried }): ReactNode {
  const t = useTranslations("imports");
  const refused = rows.filter(({ rejects }) => rejects.length > 0).length;
  if (faults.length > 0) {
    return (
      <Alert color="red" role="alert" title={t("map.faults")}>
        <List size="sm">
          {faults.map((fault) => (
            <List.Item key={fault}>{fault}</List.Item>
          ))}
        </List>
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      <Title order={2}>{t("map.tried")}</Title>
      <Text role="status" size="sm">
        {t("map.count", { rows: rows.length, refused })}
      </Text>
      {needsApproval && <Text size="sm">{t("needsApprovalWhy")}</Text>}
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="group" aria-label={t("map.tried")}>
        <Table aria-label={t("map.tried")} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("line")}</Table.Th>
              <Table.Th>{t("map.outcome")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.line} style={{ verticalAlign: "top" }}>
                <Table.Td>{row.line}</Table.Td>
                <Table.Td>{row.rejects.length > 0 ? <Refusals row={row} /> : <Stored row={row} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

interface RowProps {
  readonly row: Tried["rows"][number];
}

function Refusals({ row: { rejects } }: RowProps): ReactNode {
  const t = useTranslations("imports");
  const reasons = useReasons();
  return (
    <Stack gap={2}>
      <Badge color="red" variant="light" tt="none">
        {t("map.refused")}
      </Badge>
      {rejects.map(({ field, reason }) => (
        <Text key={field + reason} size="sm">
          {reasons.field(field)}: {reasons.reason(reason)}
        </Text>
      ))}
    </Stack>
  );
}

function Stored({ row: { records } }: RowProps): ReactNode {
  const names = useFieldNames();
  const reasons = useReasons();
  return (
    <Stack gap={2}>
      {records.map(({ type, fields }) => (
        <Text key={type} size="sm">
          <Text span fw={600} size="sm">
            {names.record(type)}:
          </Text>{" "}
          {fields
            .map(({ field, value, warning }) => {
              const said = `${names.field(field)} ${names.code(field, value) ?? value}`;
              return warning === null ? said : `${said} (${reasons.reason(warning)})`;
            })
            .join(" · ")}
        </Text>
      ))}
    </Stack>
  );
}
