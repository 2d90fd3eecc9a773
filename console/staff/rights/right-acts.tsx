// What can be done about a request now, each in a form of its own, chosen by name.
import { Card, Select, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useMay, useSession } from "../../shared/session.ts";
import { CloseForm } from "./close-form.tsx";
import { DecideAppeal } from "./decide-appeal.tsx";
import { DecideRight } from "./decide-right.tsx";
import { DuplicateForm } from "./duplicate-form.tsx";
import { GiveForm } from "./give-form.tsx";
import { IdentityForm, type IdentityFormProps } from "./identity-form.tsx";
import { LawForm } from "./law-form.tsx";
import { isOwnProposal, ProposalStands } from "./proposal-stands.tsx";
import { ProposeForm } from "./propose-form.tsx";
import type { Right } from "./right.tsx";
import { StatementForm } from "./statement-form.tsx";
import { ToldForm } from "./told-form.tsx";
import { StepForm } from "./step-form.tsx";

/** Those that a word, or none, suffices for. */
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
  "lift",
  "retry",
] as const;
export type StepName = (typeof STEPS)[number];
const FORMS = {
  identity: IdentityForm,
  decide: DecideRight,
  appeal: DecideAppeal,
  give: GiveForm,
  law: LawForm,
  same: DuplicateForm,
  close: CloseForm,
  propose: ProposeForm,
  statement: StatementForm,
  told: ToldForm,
} as const satisfies Readonly<Record<string, (props: IdentityFormProps) => ReactNode>>;
type Act = StepName | keyof typeof FORMS;
const isStep = (act: Act): act is StepName => STEPS.some((each) => each === act);

const OPEN = new Set(["received", "verifying", "in-progress", "waiting", "fulfilling", "appealed"]);

function fits(act: Act, right: Right): boolean {
  const { state, identity, duplicateOf } = right;
  switch (act) {
    case "identity":
      return OPEN.has(state) && identity === "unverified";
    case "decide":
      return OPEN.has(state) && state !== "appealed" && state !== "fulfilling";
    case "lift":
      return right.isRestricted && right.decision !== null && right.decision.outcome !== "refused";
    case "propose":
      return right.kind === "correction" && (state === "received" || state === "in-progress" || state === "waiting");
    case "statement":
      return mayState(right);
    case "told":
      return right.deeds.some(
        (deed) =>
          deed.state === "waits" && (deed.do === "tell-statement" || (deed.do === "tell" && state === "fulfilling")),
      );
    case "retry":
      return state === "fulfilling" && right.deeds.some(({ fault, state: how }) => fault !== null && how === "due");
    case "appeal":
      return state === "appealed";
    case "acknowledge":
      return OPEN.has(state) && right.acknowledgedAt === null;
    case "ask":
      return state === "received" || state === "in-progress";
    case "resume":
      return state === "waiting";
    case "extend":
      return OPEN.has(state) && state !== "appealed" && mayStillExtend(right);
    case "distinct":
      return OPEN.has(state) && duplicateOf !== null;
    case "same":
      return OPEN.has(state) && duplicateOf === null && right.decision === null;
    case "law":
      return OPEN.has(state) && right.decision === null;
    case "close":
      return state !== "closed" && state !== "fulfilling";
    case "comment":
      return state !== "closed";
    default:
      return OPEN.has(state);
  }
}

/** NAIC Model 670 s. 9(D): of what was refused, in all or in part. */
function mayState({ kind, state, decision }: Right): boolean {
  const isOver = state === "decided" || state === "closed" || state === "appealed";
  return kind === "correction" && isOver && decision !== null && decision.outcome !== "fulfilled";
}

/** Once, and told before the first day (GDPR Art. 12(3)). */
function mayStillExtend({ clock, extension }: Right): boolean {
  return clock.extension !== null && extension === null && new Date() < new Date(clock.extension.tellBefore);
}

export function RightActs({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const may = useMay();
  const { principalId } = useSession();
  const [chosen, choose] = useState<Act | null>(null);
  const offered = (
    [
      ...(may("right.verify") ? (["identity"] as const) : []),
      // Whoever proposed what is decided on would be refused.
      ...(may("right.decide") && !isOwnProposal(right, principalId) ? (["decide"] as const) : []),
      ...(may("right.decide") ? (["appeal"] as const) : []),
      ...(may("right.work")
        ? ([...STEPS, "propose", "statement", "told", "give", "law", "same", "close"] as const)
        : []),
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
      <ProposalStands right={right} />
      <Select
        label={t("whatNext")}
        placeholder={t("choose")}
        data={offered.map((value) => ({ value, label: t(`acts.${value}`) }))}
        value={act}
        onChange={(value) => choose(value as Act | null)}
        mb="sm"
      />
      {act !== null && <Form key={keyOf(act, right)} act={act} right={right} onDone={onDone} />}
    </Card>
  );
}

/** What was chosen of one proposal is not said of another: whoever decides begins anew with what they see now. */
function keyOf(act: Act, { proposal }: Right): string {
  return act === "decide" && proposal !== null ? `${act} ${proposal.at}` : act;
}

function Form({ act, right, onDone }: IdentityFormProps & { readonly act: Act }): ReactNode {
  if (isStep(act)) return <StepForm right={right} step={act} onDone={onDone} />;
  const Chosen = FORMS[act];
  return <Chosen right={right} onDone={onDone} />;
}
