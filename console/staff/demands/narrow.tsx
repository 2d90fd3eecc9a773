// What is to be produced, customer by customer: less than the demand names, or all of it again; never more.
import { MultiSelect, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { ChooseRecords, type ChooseRecordsProps } from "./choose-records.tsx";
import type { Demand } from "./demands.tsx";

type Part = AskingOf<"narrowDemand">["body"]["produced"][number];

export function Narrow({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands.narrow");
  const may = useMay();
  if (!may("demand.change")) return null;
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      dialog={(close) => <Narrowing demand={demand} onDone={close} />}
    />
  );
}

/** With a period only records that are named are produced. */
export function hasPeriod({ period }: Pick<Demand, "period">): boolean {
  return period.from !== null || period.to !== null;
}

function partOf({ customerId, classes, unitIds, recordIds }: Demand["named"][number]): Part {
  return {
    customerId,
    classes,
    ...(unitIds === null ? {} : { unitIds }),
    ...(recordIds === null ? {} : { recordIds }),
  };
}

function Narrowing({ demand, onDone }: { readonly demand: Demand; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("demands.narrow");
  const { demandId, named, produced, period } = demand;
  const [parts, setParts] = useState<readonly Part[]>(() =>
    named.map((part) => partOf(produced.find(({ customerId }) => customerId === part.customerId) ?? part)),
  );
  const act = useAct("narrowDemand", { changes: ["readDemand", "listDemands"], onDone });
  const kept = parts.filter(({ classes }) => classes.length > 0);
  const put = (at: number, part: Part): void => setParts(parts.map((one, place) => (place === at ? part : one)));
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={kept.length === 0}
      onCancel={onDone}
      onSubmit={() => act.mutate({ params: { demandId }, body: { produced: [...kept] } })}
    >
      <Text size="sm">{t("text")}</Text>
      {hasPeriod(demand) && <Text size="sm">{t("recordsOf", { from: period.from ?? "…", to: period.to ?? "…" })}</Text>}
      {named.map((limit, at) => (
        <One
          key={limit.customerId}
          isByRecord={hasPeriod(demand)}
          limit={limit}
          part={parts[at]!}
          onChange={(part) => put(at, part)}
        />
      ))}
    </ActForm>
  );
}

interface OneProps extends ChooseRecordsProps {
  readonly isByRecord: boolean;
}

function One({ isByRecord, limit, part, onChange }: OneProps): ReactNode {
  const t = useTranslations("demands.narrow");
  const words = useTranslations("words");
  return (
    <Stack gap={4}>
      <Text size="sm">
        {t("customer")} <ShortId id={limit.customerId} />
      </Text>
      <MultiSelect
        openOnFocus={false}
        label={t("classes")}
        description={t("classesHint")}
        data={limit.classes.map((value) => ({ value, label: words(`classes.${value}`) }))}
        value={[...part.classes]}
        onChange={(classes) => onChange({ ...part, classes: classes as Part["classes"] })}
      />
      {limit.unitIds !== null && (
        <MultiSelect
          openOnFocus={false}
          label={t("units")}
          data={limit.unitIds}
          value={[...(part.unitIds ?? limit.unitIds)]}
          onChange={(unitIds) => unitIds.length > 0 && onChange({ ...part, unitIds })}
        />
      )}
      {(isByRecord || limit.recordIds !== null) && <ChooseRecords limit={limit} part={part} onChange={onChange} />}
    </Stack>
  );
}
