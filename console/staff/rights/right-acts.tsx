// What can be done about a request now, each in a form of its own, chosen by name.
import { Card, Select, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "../../shared/session.ts";
import { DecideAppeal } from "./decide-appeal.tsx";
import { DecideRight } from "./decide-right.tsx";
import { IdentityForm } from "./identity-form.tsx";
import type { Right } from "./right.tsx";
import { StepForm } from "./step-form.tsx";

const STEPS = [
  "assign",
  "acknowledge",
  "message",
  "ask",
  "resume",
  "extend",
  "comment",
  "add-task",
  "distinct",
  "close",
] as const;
export type StepName = (typeof STEPS)[number];
type Act = StepName | "identity" | "decide" | "appeal";

const OPEN = new Set(["received", "verifying", "in-progress", "waiting", "appealed"]);

function fits(act: Act, right: Right): boolean {
  const { state, identity, duplicateOf } = right;
  switch (act) {
    case "identity":
      return OPEN.has(state) && identity === "unverified";
    case "decide":
      return OPEN.has(state) && state !== "appealed";
    case "appeal":
      return state === "appealed";
    case "acknowledge":
      return OPEN.has(state) && right.acknowledgedAt === null;
    case "ask":
      return state === "received" || state === "in-progress";
    case "resume":
      return state === "waiting";
    case "extend":
      return OPEN.has(state) && state !== "appealed" && right.clock.extension !== null && right.extension === null;
    case "distinct":
      return OPEN.has(state) && duplicateOf !== null;
    case "close":
      return state === "decided" || (OPEN.has(state) && duplicateOf !== null);
    case "comment":
      return state !== "closed";
    default:
      return OPEN.has(state);
  }
}

export function RightActs({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const may = useMay();
  const [chosen, choose] = useState<Act | null>(null);
  const offered = (
    [
      ...(may("right.verify") ? (["identity"] as const) : []),
      ...(may("right.decide") ? (["decide", "appeal"] as const) : []),
      ...(may("right.work") ? STEPS : []),
    ] as const
  ).filter((act) => fits(act, right));
  if (offered.length === 0) return null;
  const act = chosen !== null && offered.includes(chosen) ? chosen : null;
  // The form that had the focus goes away by it.
  const onDone = (): void => {
    choose(null);
    document.querySelector<HTMLElement>("h1")?.focus();
  };
  return (
    <Card withBorder component="section">
      <Title order={2} mb="sm">
        {t("act")}
      </Title>
      <Select
        label={t("whatNext")}
        placeholder={t("choose")}
        data={offered.map((value) => ({ value, label: t(`acts.${value}`) }))}
        value={act}
        onChange={(value) => choose(value as Act | null)}
        mb="sm"
      />
      {act === "identity" && <IdentityForm right={right} onDone={onDone} />}
      {act === "decide" && <DecideRight right={right} onDone={onDone} />}
      {act === "appeal" && <DecideAppeal right={right} onDone={onDone} />}
      {act !== null && act !== "identity" && act !== "decide" && act !== "appeal" && (
        <StepForm key={act} right={right} step={act} onDone={onDone} />
      )}
    </Card>
  );
}
