// By which right it is asked: one's own registration, or an elevation that others have granted.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";

const OWN = "own";
const GRANTS_MAX = 50;

export interface ChooseRightProps {
  /** The grant that is invoked; null for one's own registration. */
  readonly chosen: string | null;
  readonly onChoose: (grantId: string | null) => void;
}

/** Nothing where nothing is lent. */
export function ChooseRight({ chosen, onChoose }: ChooseRightProps): ReactNode {
  const t = useTranslations("ask");
  const words = useTranslations("words");
  const common = useTranslations("common");
  const format = useFormatter();
  const may = useMay();
  const query = { of: "mine", state: "live", limit: GRANTS_MAX } as const;
  const grants = useAsk("listGrants", { query }, { enabled: may("grant.request") });
  const lent = (grants.data?.items ?? []).flatMap(({ grantId, state, lends, untilAt }) => {
    if (lends === null || state !== "in-force") return [];
    const purposes = format.list(lends.purposes.map((purpose) => words(`purposes.${purpose}`)));
    const until =
      untilAt === null ? "" : format.dateTime(new Date(untilAt), { dateStyle: "medium", timeStyle: "short" });
    return [{ value: grantId, label: t("right.lent", { role: common(`roles.${lends.role}`), purposes, until }) }];
  });
  if (lent.length === 0) return null;
  return (
    <Select
      label={t("right.label")}
      description={t("right.hint")}
      allowDeselect={false}
      data={[{ value: OWN, label: t("right.own") }, ...lent]}
      value={chosen ?? OWN}
      onChange={(value) => onChoose(value === OWN ? null : value)}
    />
  );
}
