// The mappings that there are: those that came with the server, those that people made, and those that wait for somebody to approve them.
import { Badge, Code, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";
import { ImportTabs } from "./import-tabs.tsx";
import type { Mapping } from "./new-import.tsx";

type Made = NonNullable<Mapping["made"]>;

export function MappingsPage(): ReactNode {
  const t = useTranslations("imports");
  const mappings = useAsk("listMappings", {});
  const columns = useColumns();
  return (
    <Page title={t("mappings.title")} lead={t("mappings.lead")}>
      <ImportTabs />
      <Answered of={mappings}>
        {({ items }) => (
          <DataTable
            label={t("mappings.title")}
            rows={items}
            rowKey={({ name, made }) => made?.mappingId ?? name}
            columns={columns}
            empty={t("mappings.empty")}
          />
        )}
      </Answered>
    </Page>
  );
}

const stateOf = ({ made }: Mapping): "shipped" | "waits" | "inForce" =>
  made === null ? "shipped" : made.approvedBy === null ? "waits" : "inForce";
const COLOURS = { shipped: "gray", waits: "yellow", inForce: "green" } as const;

function useColumns(): readonly Column<Mapping>[] {
  const t = useTranslations("imports");
  return [
    {
      key: "label",
      title: t("mapping"),
      sortBy: ({ label }) => label,
      cell: ({ name, label }) => (
        <>
          <Text size="sm">{label}</Text>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
        </>
      ),
    },
    {
      key: "version",
      title: t("mappings.version"),
      align: "end",
      cell: ({ made }) => made?.version ?? "",
      sortBy: ({ made }) => made?.version ?? null,
    },
    {
      key: "state",
      title: t("state"),
      sortBy: stateOf,
      cell: (mapping) => (
        <Badge variant="dot" color={COLOURS[stateOf(mapping)]} tt="none" fw={500}>
          {t(`mappings.states.${stateOf(mapping)}`)}
        </Badge>
      ),
    },
    {
      key: "by",
      title: t("mappings.by"),
      cell: ({ made }) =>
        made !== null && (
          <Text size="sm" component="div">
            <Who id={made.proposedBy} /> · <Moment at={made.proposedAt} dateOnly />
          </Text>
        ),
    },
    { key: "look", title: t("mappings.look"), cell: (mapping) => <Look mapping={mapping} /> },
  ];
}

function Look({ mapping }: { readonly mapping: Mapping }): ReactNode {
  const t = useTranslations("imports");
  return (
    <DialogButton
      size="xs"
      label={t("mappings.look")}
      about={t("mappings.lookAt", { name: mapping.label })}
      title={mapping.label}
      dialogSize="xl"
      dialog={(close) => (
        <Stack>
          <Becomes mapping={mapping} />
          {mapping.made !== null && <Decide made={mapping.made} close={close} />}
        </Stack>
      )}
    />
  );
}

function Becomes({ mapping: { columns, made } }: { readonly mapping: Mapping }): ReactNode {
  const t = useTranslations("imports");
  const names = useFieldNames();
  return (
    <>
      <dl className="terms">
        {columns.map(({ column, fields, dropped }) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>
              {dropped !== null
                ? t("dropped", { why: dropped })
                : fields.length === 0
                  ? t("keyOrPlace")
                  : fields
                      .map((field) => `${names.record(field.split(".")[0] ?? "")}: ${names.field(field)}`)
                      .join(", ")}
            </dd>
          </div>
        ))}
      </dl>
      {made !== null && (
        <details>
          <summary>{t("mappings.text")}</summary>
          <Code block tabIndex={0} style={{ whiteSpace: "pre-wrap" }}>
            {made.text}
          </Code>
        </details>
      )}
    </>
  );
}

function Decide({ made, close }: { readonly made: Made; readonly close: () => void }): ReactNode {
  const t = useTranslations("imports");
  const may = useMay();
  const { principalId } = useSession();
  const options = { changes: ["listMappings"], onDone: close } as const;
  const approve = useAct("approveMapping", options);
  const end = useAct("endMapping", options);
  const asking = { params: { mappingId: made.mappingId } };
  const waits = made.approvedBy === null;
  const isOwn = made.proposedBy === principalId;
  return (
    <Group align="end">
      {waits && may("mapping.approve") && !isOwn && (
        <ActForm action={t("mappings.approve")} act={approve} onSubmit={() => approve.mutate(asking)} />
      )}
      {waits && (isOwn || !may("mapping.approve")) && <Text size="sm">{t("mappings.byOthers")}</Text>}
      {may("mapping.end") && (
        <ActForm
          action={t(waits ? "mappings.withdraw" : "mappings.end")}
          act={end}
          isDangerous
          onSubmit={() => end.mutate(asking)}
        />
      )}
    </Group>
  );
}
