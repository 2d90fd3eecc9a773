// Whether and when the customers are told: before, after, not by us, or later on a ground that the law knows and until a day, which can be moved or ended.
import { Alert, Button, Group, Select, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { TellingNobody } from "./demand-untold.tsx";
import { Told } from "./demand-told.tsx";
import type { Demand } from "./demands.tsx";

const CHANGES = { changes: ["readDemand", "listDemands"] } as const;
const MODES = ["before", "after", "none"] as const;

/** As the rule of its kind says, or more; nobody is told, against it, on a ground alone. */
function useModes(kindName: string) {
  const rules = useAsk("listDemandRules", {}).data;
  const asked = rules?.kinds.find(({ kind }) => kind === kindName)?.notice;
  const grounds = rules?.untold.filter(({ kinds }) => kinds.includes(kindName)) ?? [];
  const least = asked === undefined ? 0 : MODES.indexOf(asked);
  return { modes: MODES.slice(0, least + 1), grounds };
}

export function DemandNotice({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useTranslations("demands");
  const may = useMay();
  const settle = useAct("settleDemandNotice", CHANGES);
  const tell = useAct("tellDemandCustomers", CHANGES);
  const { demandId, notice, state } = demand;
  const { modes, grounds } = useModes(demand.kind);
  const isDelayed = notice?.mode === "delayed" && notice.shownAt === null;
  if (!may("demand.change")) return null;
  const send = (value: string | null): void => {
    const mode = modes.find((one) => one === value);
    if (mode !== undefined) settle.mutate({ params: { demandId }, body: { mode } });
  };
  return (
    <>
      <Group align="end" gap="sm">
        {state === "open" && (
          <Select
            label={t("told")}
            placeholder={t("notSettled")}
            value={modes.find((one) => one === notice?.mode) ?? null}
            data={modes.map((value) => ({ value, label: t(`notices.${value}`) }))}
            onChange={send}
            w="18rem"
          />
        )}
        {(state === "open" || isDelayed) && (
          <DialogButton
            label={t(isDelayed ? "delay.move" : "delay.open")}
            title={t("delay.title")}
            dialog={(close) => <Delaying demandId={demandId} onDone={close} />}
          />
        )}
        {state === "open" && grounds.length > 0 && (
          <DialogButton
            label={t("untold.open")}
            title={t("untold.title")}
            dialog={(close) => <TellingNobody demandId={demandId} grounds={grounds} onDone={close} />}
          />
        )}
        {isDelayed && state !== "open" && (
          <Button
            variant="default"
            loading={settle.isPending}
            onClick={() => settle.mutate({ params: { demandId }, body: { mode: "after" } })}
          >
            {t("delay.end")}
          </Button>
        )}
        {notice !== null && notice.mode !== "none" && !isDelayed && notice.toldAt === null && (
          <Button variant="default" loading={tell.isPending} onClick={() => tell.mutate({ params: { demandId } })}>
            {t(notice.customers.some((one) => one.state === "unreached") ? "tellAgain" : "tellNow")}
          </Button>
        )}
        <Trouble error={settle.error ?? tell.error} />
      </Group>
      <Standing notice={notice} />
      {notice !== null && notice.customers.length > 0 && <Told demandId={demandId} customers={notice.customers} />}
    </>
  );
}

function Standing({ notice }: Pick<Demand, "notice">): ReactNode {
  const t = useTranslations("demands");
  const language = useLanguage();
  const rules = useAsk("listDemandRules", {}).data;
  if (notice === null) return null;
  const { mode, ground, untilAt, toldAt, shownAt } = notice;
  if (toldAt !== null) return <Text size="sm">{t.rich("toldAt", { at: () => <Moment at={toldAt} /> })}</Text>;
  const untold = mode === "none" ? rules?.untold.find((one) => one.ground === ground) : undefined;
  if (untold !== undefined)
    return (
      <Alert color="yellow">
        <Text size="sm">{t("untold.stands")}</Text>
        <Text size="xs">
          {untold.text[language]} ({untold.citation})
        </Text>
      </Alert>
    );
  if (mode !== "delayed" || untilAt === null) return null;
  const delay = rules?.delays.find((one) => one.ground === ground);
  return (
    <Alert color="yellow">
      <Text size="sm">
        {shownAt === null
          ? t.rich("delay.until", { at: () => <Moment at={untilAt} /> })
          : t.rich("delay.over", { at: () => <Moment at={shownAt} /> })}
      </Text>
      {delay !== undefined && (
        <Text size="xs">
          {delay.text[language]} ({delay.citation})
        </Text>
      )}
    </Alert>
  );
}

function Delaying({ demandId, onDone }: { readonly demandId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("demands.delay");
  const language = useLanguage();
  const delays = useAsk("listDemandRules", {}).data?.delays ?? [];
  const [ground, setGround] = useState<string | null>(null);
  const [day, setDay] = useState("");
  const act = useAct("settleDemandNotice", { ...CHANGES, onDone });
  const chosen = delays.find((one) => one.ground === ground);
  const send = (): void => {
    if (ground === null || day === "") return;
    const untilAt = new Date(`${day}T23:59:59`).toISOString();
    act.mutate({ params: { demandId }, body: { mode: "delayed", ground, untilAt } });
  };
  return (
    <ActForm action={t("now")} act={act} isIncomplete={ground === null || day === ""} onCancel={onDone} onSubmit={send}>
      <Text size="sm">{t("text")}</Text>
      <Select
        label={t("ground")}
        description={chosen === undefined ? undefined : `${chosen.citation}: ${t("most", { days: chosen.daysMax })}`}
        data={delays.map((one) => ({ value: one.ground, label: one.text[language] }))}
        value={ground}
        onChange={setGround}
      />
      <TextInput type="date" label={t("day")} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
    </ActForm>
  );
}
