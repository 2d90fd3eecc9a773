// The decision: fulfilled, in part, or refused on a ground that the law knows, with the reason that the customer reads.
import { Radio, Select, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { ErasedUnits } from "./erased-units.tsx";
import { Found, type Finding } from "./found.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";
import { ReadProposal } from "./read-proposal.tsx";

const OUTCOMES = ["fulfilled", "partly", "refused"] as const;
type Outcome = (typeof OUTCOMES)[number];

export function DecideRight({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [ground, setGround] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [unitIds, setUnitIds] = useState<string[]>([]);
  const [found, setFound] = useState<Finding | null>(null);
  const [proposedAt, setRead] = useState<string | null>(null);
  const act = useAct("decideRight", { changes: ["readRight", "listRights"], onDone });
  // INVARIANT: what cannot be approved is not offered; the server refuses it all the same.
  const isOnlyRefusable = right.identity === "unverified" || right.duplicateOf !== null;
  const outcomes = isOnlyRefusable ? (["refused"] as const) : OUTCOMES;
  const needsGround = outcome !== null && outcome !== "fulfilled";
  const needsUnits = outcome === "partly" && right.kind === "erasure";
  const needsFinding = right.kind === "automated-decision-review" && outcome !== null && outcome !== "refused";
  const needsReading = right.proposal !== null && outcome !== null && outcome !== "refused";
  const isIncomplete =
    outcome === null ||
    (needsReading && proposedAt === null) ||
    (needsGround && ground === null) ||
    ((needsGround || needsFinding) && reason.trim() === "") ||
    (needsUnits && unitIds.length === 0) ||
    (needsFinding && found === null);
  return (
    <ActForm
      action={t("record")}
      act={act}
      isIncomplete={isIncomplete}
      isDangerous={outcome === "refused"}
      onSubmit={() => {
        if (outcome === null) return;
        const given = { ground: needsGround ? ground : null, reason: reason.trim() === "" ? null : reason.trim() };
        act.mutate({
          params: { requestId: right.requestId },
          body: {
            outcome,
            unitIds: needsUnits ? unitIds : [],
            found: needsFinding ? found : null,
            proposedAt,
            ...given,
          },
        });
      }}
    >
      {isOnlyRefusable && <Text size="sm">{t("onlyRefusable")}</Text>}
      <Radio.Group label={t("decision")} value={outcome} onChange={(value) => setOutcome(value as Outcome)}>
        <Stack gap="xs" mt={4}>
          {outcomes.map((value) => (
            <Radio key={value} value={value} label={w(`outcomes.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {needsReading && <ReadProposal requestId={right.requestId} onRead={setRead} />}
      {needsUnits && <ErasedUnits customerId={right.customerId} chosen={unitIds} onChange={setUnitIds} />}
      {needsFinding && <Found value={found} onChange={setFound} />}
      {needsGround && (
        <Select
          label={t("ground")}
          description={right.rule?.citation}
          data={right.grounds.map(({ code, text }) => ({ value: code, label: text }))}
          value={ground}
          onChange={setGround}
        />
      )}
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={4000}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}
