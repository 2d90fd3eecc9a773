// Which tokens a third party holds in place of values: counted, by field and purpose, never a token; retired by whoever may stop something.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useSchema } from "../customers/schema.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";

type Held = AnswerOf<"countGivenTokens">["items"][number];

export function GivenTokens({ recipientId }: { readonly recipientId: string }): ReactNode {
  const t = useTranslations("recipients.tokens");
  const found = useAsk("countGivenTokens", { params: { recipientId } });
  const columns = useColumns(recipientId);
  return (
    <section aria-labelledby="tokens">
      <Title order={2} id="tokens" mb="xs">
        {t("title")}
      </Title>
      <Answered of={found}>
        {({ items }) => (
          <DataTable
            label={t("title")}
            rows={items}
            rowKey={({ field, purpose, style }) => `${field} ${purpose} ${style}`}
            columns={columns}
            empty={t("empty")}
          />
        )}
      </Answered>
    </section>
  );
}

function useColumns(recipientId: string): readonly Column<Held>[] {
  const t = useTranslations("recipients.tokens");
  const contract = useTranslations("recipients.contract");
  const words = useTranslations("words");
  const schema = useSchema();
  const may = useMay();
  const retire: Column<Held> = {
    key: "retire",
    title: t("retire"),
    cell: ({ field }) => (
      <DialogButton
        label={t("retire")}
        title={t("retireOf", { field: schema.field(field).label })}
        dialog={(close) => <Retire recipientId={recipientId} field={field} onDone={close} />}
      />
    ),
  };
  return [
    { key: "field", title: t("field"), cell: ({ field }) => schema.field(field).label, sortBy: ({ field }) => field },
    { key: "purpose", title: t("purpose"), cell: ({ purpose }) => words(`purposes.${purpose}`) },
    { key: "style", title: t("style"), cell: ({ style }) => contract(`tokenStyles.${style}`) },
    { key: "tokens", title: t("count"), cell: ({ tokens }) => tokens, sortBy: ({ tokens }) => tokens, align: "end" },
    {
      key: "customers",
      title: t("customers"),
      cell: ({ customers }) => customers,
      sortBy: ({ customers }) => customers,
      align: "end",
    },
    { key: "last", title: t("last"), cell: ({ lastAt }) => <Moment at={lastAt} />, sortBy: ({ lastAt }) => lastAt },
    {
      key: "traced",
      title: t("traced"),
      cell: ({ tracedAt }) => (tracedAt === null ? t("never") : <Moment at={tracedAt} />),
      sortBy: ({ tracedAt }) => tracedAt,
    },
    ...(may("recipient.stop") ? [retire] : []),
  ];
}

interface RetireProps {
  readonly recipientId: string;
  readonly field: string;
  readonly onDone: () => void;
}

function Retire({ recipientId, field, onDone }: RetireProps): ReactNode {
  const t = useTranslations("recipients.tokens");
  const act = useAct("retireGivenTokens", { changes: ["countGivenTokens", "listEntries"], onDone });
  return (
    <ActForm
      action={t("retireNow")}
      act={act}
      isIncomplete={false}
      onCancel={onDone}
      onSubmit={() => act.mutate({ params: { recipientId, field } })}
    >
      {t("retireWhat")}
    </ActForm>
  );
}
