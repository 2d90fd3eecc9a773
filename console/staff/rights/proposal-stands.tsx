// That a correction was proposed and waits, since when and by whom, and whose turn it is.
import { Alert } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import { Who } from "../governing/who.tsx";
import type { Right } from "./right.tsx";

/** The server refuses it all the same, also to an account of the same person by another name. */
export function isOwnProposal({ proposal }: Right, principalId: string): boolean {
  return proposal !== null && proposal.by === principalId;
}

/** Nothing where none waits. */
export function ProposalStands({ right }: { readonly right: Right }): ReactNode {
  const t = useTranslations("rights");
  const may = useMay();
  const { principalId } = useSession();
  const { proposal, decision, state } = right;
  if (proposal === null || decision !== null || state === "closed") return null;
  const turn = isOwnProposal(right, principalId) ? "others" : may("right.decide") ? "yours" : "theirs";
  return (
    <Alert color="blue" icon={<IconHourglass aria-hidden />} title={t("standing.title")} mb="sm">
      {t.rich("standing.by", { who: () => <Who id={proposal.by} />, at: () => <Moment at={proposal.at} /> })}{" "}
      {t(`standing.${turn}`)}
    </Alert>
  );
}
