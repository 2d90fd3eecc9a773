// The columns of the list of requests, and what the reader may do with each.
import { Badge, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Who } from "../governing/who.tsx";
import { ReviewEmergency } from "./review-emergency.tsx";
import { useSummary } from "./summary.ts";
import { RequestFacts } from "./request-facts.tsx";
import { DecideRequest } from "./decide-request.tsx";
import { EndRequest } from "./end-request.tsx";

export type Grant = AnswerOf<"listGrants">["items"][number];

/** What the reader may do with a request. INVARIANT: never with one's own but ending it (separation of duty; the server refuses it all the same). */
type Doable = "decide" | "review" | "end" | "look";

function useDoable(): (grant: Grant) => Doable {
  const may = useMay();
  const { principalId } = useSession();
  return ({ form, state, holderId, decisions }) => {
    const isOwn = holderId === principalId;
    const right = form === "elevation" ? "elevation.approve" : "approval.approve";
    const hasDecided = decisions.some(({ by }) => by === principalId);
    if (form !== "break-glass" && state === "requested" && !isOwn && !hasDecided && may(right)) return "decide";
    if (state === "awaiting-review" && !isOwn && may("break-glass.review")) return "review";
    if ((state === "requested" || state === "in-force") && (isOwn || may("grant.end"))) return "end";
    return "look";
  };
}

const COLOURS = {
  requested: "yellow",
  "in-force": "green",
  denied: "gray",
  ended: "gray",
  "awaiting-review": "orange",
  reviewed: "gray",
} as const;

export function useRequestColumns(): readonly Column<Grant>[] {
  const t = useTranslations("requests");
  const summary = useSummary();
  return [
    { key: "who", title: t("who"), cell: ({ holderId }) => <Who id={holderId} /> },
    { key: "form", title: t("kind"), cell: ({ form }) => t(`forms.${form}`), sortBy: ({ form }) => form },
    { key: "what", title: t("what"), cell: (grant) => summary(grant) },
    {
      key: "reason",
      title: t("reason"),
      cell: ({ reason }) => (
        <Text size="sm" lineClamp={2} maw="22rem">
          {reason}
        </Text>
      ),
    },
    {
      key: "asked",
      title: t("asked"),
      cell: ({ requestedAt }) => <Moment at={requestedAt} />,
      sortBy: ({ requestedAt }) => requestedAt,
    },
    {
      key: "until",
      title: t("until"),
      cell: ({ untilAt }) => untilAt !== null && <Moment at={untilAt} />,
      sortBy: ({ untilAt }) => untilAt,
      isExtra: true,
    },
    {
      key: "state",
      title: t("state"),
      cell: ({ state }) => (
        <Badge variant="light" color={COLOURS[state]}>
          {t(`states.${state}`)}
        </Badge>
      ),
      sortBy: ({ state }) => state,
    },
    { key: "act", title: t("act"), cell: (grant) => <Act grant={grant} />, align: "end" },
  ];
}

function Act({ grant }: { readonly grant: Grant }): ReactNode {
  const t = useTranslations("requests");
  const doable = useDoable()(grant);
  return (
    <DialogButton
      size="compact-sm"
      variant={doable === "decide" || doable === "review" ? "filled" : "default"}
      label={t(`doable.${doable}`)}
      title={t(`forms.${grant.form}`)}
      dialog={(close) => (
        <>
          <RequestFacts grant={grant} />
          {doable === "decide" && <DecideRequest grant={grant} onDone={close} />}
          {doable === "review" && <ReviewEmergency grant={grant} onDone={close} />}
          {doable === "end" && <EndRequest grant={grant} onDone={close} />}
        </>
      )}
    />
  );
}
