// What was asked for beyond somebody's own, and what became of it: to ask, to decide for others, to end, to review.
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { DataTable, type TableFilter } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { AskApproval } from "./ask-approval.tsx";
import { AskElevation } from "./ask-elevation.tsx";
import { OpenEmergency } from "./open-emergency.tsx";
import { useRequestColumns } from "./request-columns.tsx";
import { WaitingCallBacks } from "./waiting-call-backs.tsx";
import { WaitingResets } from "./waiting-resets.tsx";

export function Requests(): ReactNode {
  const t = useTranslations("requests");
  const may = useMay();
  return (
    <Page title={t("title")} lead={t("lead")} actions={<Asking />}>
      {(may("reset.vouch") || may("reset.approve")) && <WaitingResets />}
      {may("caller.confirm") && <WaitingCallBacks />}
      <Listed />
    </Page>
  );
}

function Asking(): ReactNode {
  const t = useTranslations("requests");
  const may = useMay();
  const rules = useAsk("getAccessRules", {});
  return (
    <Group>
      {may("grant.request") && (
        <>
          <DialogButton
            variant="filled"
            label={t("elevation.open")}
            title={t("elevation.open")}
            dialog={(close) => (
              <Answered of={rules}>{(known) => <AskElevation rules={known} onDone={close} />}</Answered>
            )}
          />
          <DialogButton
            label={t("approval.open")}
            title={t("approval.open")}
            dialog={(close) => (
              <Answered of={rules}>{(known) => <AskApproval rules={known} onDone={close} />}</Answered>
            )}
          />
        </>
      )}
      {may("break-glass.open") && (
        <DialogButton
          color="red.9"
          variant="filled"
          label={t("emergency.open")}
          title={t("emergency.title")}
          dialog={(close) => (
            <Answered of={rules}>
              {({ breakGlassMinutesMax }) => <OpenEmergency minutesMax={breakGlassMinutesMax} onDone={close} />}
            </Answered>
          )}
        />
      )}
    </Group>
  );
}

function Listed(): ReactNode {
  const t = useTranslations("requests");
  const may = useMay();
  const { filter = {} } = useTableView().search;
  const columns = useRequestColumns();
  const isAll = may("grant.list") && filter["of"] !== "mine";
  const state = filter["state"] === "ended" ? "ended" : "live";
  const { rows, more, data, error, refetch } = usePages("listGrants", {
    query: { of: isAll ? "all" : "mine", state, limit: 200 },
  });
  const shown = rows.filter(({ form }) => filter["form"] === undefined || filter["form"] === form);
  return (
    <>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={shown}
        rowKey={({ grantId }) => grantId}
        columns={columns}
        filters={useFilters()}
        empty={data === undefined ? t("looking") : isAll ? t("emptyAll") : t("emptyMine")}
        more={more}
      />
    </>
  );
}

function useFilters(): readonly TableFilter[] {
  const t = useTranslations("requests");
  const may = useMay();
  const form = (["elevation", "two-person", "break-glass"] as const).map((value) => ({
    value,
    label: t(`forms.${value}`),
  }));
  const kind = { key: "form", label: t("kind"), options: form };
  if (!may("grant.list")) return [kind];
  return [
    kind,
    { key: "of", label: t("whose"), usual: t("everybodys"), options: [{ value: "mine", label: t("mine") }] },
    { key: "state", label: t("state"), usual: t("live"), options: [{ value: "ended", label: t("states.ended") }] },
  ];
}
