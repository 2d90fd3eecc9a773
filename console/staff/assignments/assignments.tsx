// What is in one person's hands: to see, to give, to end; and the teams.
import { Button, Group, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay } from "../../shared/session.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { counter } from "../../shared/undo.ts";
import { useNames } from "../governing/choices.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { ShortId } from "../../shared/short-id.tsx";
import { CustomerId } from "../governing/customer-id.tsx";
import { PersonSelect } from "../governing/person-select.tsx";
import { Assign } from "./assign.tsx";
import { Teams } from "./teams.tsx";

type Assignment = AnswerOf<"listAssignments">["items"][number];

export function Assignments(): ReactNode {
  const t = useTranslations("assignments");
  const may = useMay();
  const [whose, setWhose] = useState<string | null>(null);
  const actions = (
    <Group>
      {may("team.list") && <DialogButton label={t("teams.title")} title={t("teams.title")} dialog={() => <Teams />} />}
      {may("assignment.create") && (
        <DialogButton
          variant="filled"
          label={t("assign")}
          title={t("assign")}
          dialog={(close) => <Assign to={whose} onDone={close} />}
        />
      )}
    </Group>
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={actions}>
      <PersonSelect label={t("whose")} description={t("whoseHint")} value={whose} onChange={setWhose} />
      {whose === null ? <Text>{t("choose")}</Text> : <Listed clientId={whose} />}
    </Page>
  );
}

function Listed({ clientId }: { readonly clientId: string }): ReactNode {
  const t = useTranslations("assignments");
  const names = useNames();
  const { rows, more, data, error, refetch } = usePages("listAssignments", { query: { clientId, limit: 200 } });
  return (
    <>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ assignmentId }) => assignmentId}
        columns={[
          {
            key: "kind",
            title: t("kind"),
            cell: ({ kind }) => names.assignment(kind),
            sortBy: ({ kind }) => names.assignment(kind),
          },
          { key: "customer", title: t("customer"), cell: ({ customerId }) => <CustomerId id={customerId} /> },
          {
            key: "unit",
            title: t("unit"),
            cell: ({ unitId }) => (unitId === null ? t("whole") : <ShortId id={unitId} />),
          },
          {
            key: "starts",
            title: t("starts"),
            cell: ({ startsAt }) => <Moment at={startsAt} />,
            sortBy: ({ startsAt }) => startsAt,
          },
          {
            key: "ends",
            title: t("ends"),
            cell: ({ endsAt }) => (endsAt === null ? t("open") : <Moment at={endsAt} />),
            sortBy: ({ endsAt }) => endsAt,
          },
          { key: "act", title: t("act"), cell: (assignment) => <End assignment={assignment} />, align: "end" },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </>
  );
}

/** As it was, from now on. */
function again({ customerId, unitId, assigneeId, kind, endsAt }: Assignment): AskingOf<"assign">["body"] {
  const ends = endsAt === null ? {} : { endsAt };
  return { customerId, clientId: assigneeId, kind, ...(unitId === null ? {} : { unitId }), ...ends };
}

function End({ assignment }: { readonly assignment: Assignment }): ReactNode {
  const { assignmentId, customerId } = assignment;
  const t = useTranslations("assignments");
  const may = useMay();
  const end = useAct("endAssignment", {
    changes: ["listAssignments"],
    undo: () => (may("assignment.create") ? counter(t("done.ended"), "assign", { body: again(assignment) }) : null),
  });
  if (!may("assignment.end")) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={end.isPending}
        onClick={() => end.mutate({ params: { customerId, assignmentId } })}
      >
        {t("end")}
      </Button>
      <Trouble error={end.error} />
    </>
  );
}
