// What: a recurring flow as compliance wrote it, or fields, a purpose and a ground of one's own.
import { Alert, Anchor, List, MultiSelect, SegmentedControl, Select, Text } from "@mantine/core";
import { IconSignature, IconPaperclip, IconUsersGroup } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useFormatter, useMessages, useTranslations } from "use-intl";
import { Facts } from "../../shared/facts.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { useSchema } from "../customers/schema.ts";
import { useAllRecipients } from "../recipients/all-recipients.ts";
import { Attestations } from "./attestations.tsx";
import type { Draft, Flow, Form } from "./draft.ts";
import { useFlowTexts } from "./flow-texts.ts";
import type { DraftProps } from "./new-package.tsx";

const FORMS = ["clear", "masked", "token"] as const satisfies readonly Form[];

export function ChooseWhat({ draft, set }: DraftProps): ReactNode {
  const t = useTranslations("sharing");
  const [way, setWay] = useState<"flow" | "own">(draft.basis === "legal-demand" ? "own" : "flow");
  const choose = (value: string): void => {
    setWay(value === "own" ? "own" : "flow");
    set({ flow: null });
  };
  return (
    <>
      <SegmentedControl
        aria-label={t("what")}
        value={way}
        onChange={choose}
        data={[
          { value: "flow", label: t("byFlow") },
          { value: "own", label: t("byFields") },
        ]}
      />
      {way === "flow" ? <ByFlow draft={draft} set={set} /> : <ByFields draft={draft} set={set} />}
    </>
  );
}

function ByFlow({ draft, set }: DraftProps): ReactNode {
  const t = useTranslations("sharing");
  const flows = useAsk("listFlows", {});
  const said = useFlowTexts();
  const { rows } = useAllRecipients();
  const type = rows.find(({ recipientId }) => recipientId === draft.recipientId)?.type;
  const items = flows.data?.items ?? [];
  const fitting = items.filter(({ recipients }) => type !== undefined && recipients.includes(type));
  const chosen = items.find(({ flow }) => flow === draft.flow);
  if (type === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t("recipientFirst")}
      </Text>
    );
  return (
    <>
      <Select
        label={t("flow")}
        {...(fitting.length === 0 ? { description: t("noFlow") } : {})}
        data={fitting.map((each) => ({ value: each.flow, label: said.title(each) }))}
        value={draft.flow}
        onChange={(flow) => set({ flow, attested: {} })}
      />
      {chosen !== undefined && (
        <>
          <FlowFacts flow={chosen} />
          <WaitsFor flow={chosen} />
          <Attestations flow={chosen} draft={draft} set={set} />
        </>
      )}
    </>
  );
}

function FlowFacts({ flow }: { readonly flow: Flow }): ReactNode {
  const t = useTranslations("sharing");
  const words = useTranslations("words");
  const format = useFormatter();
  const schema = useSchema();
  const { purpose, basis, fields, smallestGroup, encloses, citation } = flow;
  return (
    <>
      <Facts
        of={[
          [t("purpose"), words(`purposes.${purpose}`)],
          [t("basis"), words(`bases.${basis}`)],
          ...fields.map(
            ({ form, paths }) =>
              [words(`forms.${form}`), format.list(paths.map((path) => schema.field(path).label))] as const,
          ),
          [t("ground"), citation],
        ]}
      />
      {smallestGroup !== null && (
        <Alert color="blue" icon={<IconUsersGroup aria-hidden />}>
          {t("groups", { smallest: smallestGroup })}
        </Alert>
      )}
      {encloses !== null && (
        <Alert color="blue" icon={<IconPaperclip aria-hidden />}>
          {t("encloses")}
        </Alert>
      )}
    </>
  );
}

/** A flow whose permits nobody has signed would send nothing, and whoever tries should not have to find out by that. */
function WaitsFor({ flow: { waitsFor } }: { readonly flow: Flow }): ReactNode {
  const t = useTranslations("flows");
  const said = useRuleTexts();
  const may = useMay();
  if (waitsFor.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconSignature aria-hidden />} title={t("waitsFor")}>
      {t("waitsForWhat")}
      <List size="sm" my="xs">
        {waitsFor.map(({ id, title, citation }) => (
          <List.Item key={id}>
            {said.rule({ id, text: title })} ({citation})
          </List.Item>
        ))}
      </List>
      {may("policy.read") && (
        <Anchor component={Link} to="/access/signatures" size="sm">
          {t("toSignatures")}
        </Anchor>
      )}
    </Alert>
  );
}

function ByFields({ draft, set }: DraftProps): ReactNode {
  const t = useTranslations("sharing");
  const words = useTranslations("words");
  const { bases } = useMessages().words;
  const { purposes } = useSession();
  const { recordTypes } = useSchema();
  return (
    <>
      <Select
        label={t("purpose")}
        data={purposes.map((value) => ({ value, label: words(`purposes.${value}`) }))}
        value={draft.purpose}
        onChange={(value) => set({ purpose: value as Draft["purpose"] })}
      />
      <Select
        label={t("basis")}
        allowDeselect={false}
        data={Object.entries(bases).map(([value, label]) => ({ value, label }))}
        value={draft.basis}
        onChange={(value) => set({ basis: value as Draft["basis"] })}
      />
      <MultiSelect
        label={t("fields")}
        searchable
        limit={100}
        data={recordTypes.map((type) => ({
          group: type.label,
          items: type.fields.map(({ path, label }) => ({ value: path, label: `${label} (${type.label})` })),
        }))}
        value={[...draft.fields]}
        onChange={(values) => set({ fields: values })}
      />
      <Select
        label={t("form")}
        description={t("formHint")}
        allowDeselect={false}
        data={FORMS.map((value) => ({ value, label: words(`forms.${value}`) }))}
        value={draft.form}
        onChange={(value) => set({ form: value as Form })}
      />
    </>
  );
}
