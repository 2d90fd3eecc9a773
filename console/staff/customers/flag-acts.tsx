// Flags as those who establish them see them: set with a reason, ended, and each of it taken back while it is fresh.
import { Badge, Button, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { RECORDED, useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";

type Flag = AnswerOf<"listFlags">["items"][number];

const REASON_MIN = 3;
const CHANGES = ["listFlags", "viewCustomerMasked"] as const;

/** The list is an entry of the ledger, so it is asked for once somebody wants it. */
export function FlagActs({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("customers.flagActs");
  const may = useMay();
  if (!may("flag.set")) return null;
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      dialog={(close) => <FlagList customerId={customerId} onDone={close} />}
    />
  );
}

interface FlagListProps {
  readonly customerId: string;
  readonly onDone: () => void;
}

function FlagList({ customerId, onDone }: FlagListProps): ReactNode {
  const t = useTranslations("customers.flagActs");
  const found = useAsk("listFlags", { params: { customerId } }, RECORDED);
  return (
    <Stack>
      <Answered of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{t("none")}</Text>
          ) : (
            <ul className="lines">
              {items.map((flag) => (
                <li key={flag.flagId}>
                  <OneFlag flag={flag} customerId={customerId} onDone={onDone} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <SetFlag customerId={customerId} onDone={onDone} />
    </Stack>
  );
}

function OneFlag({ flag, customerId, onDone }: FlagListProps & { readonly flag: Flag }): ReactNode {
  const t = useTranslations("customers.flagActs");
  const words = useTranslations("words");
  const { flagId, kind, startsAt, endsAt } = flag;
  const end = useAct("endFlag", {
    changes: CHANGES,
    undo: () =>
      counter(t("ended", { kind: words(`flags.${kind}`) }), "setFlag", {
        params: { customerId },
        body: { kind, reason: t("setAgain"), ...(endsAt === null ? {} : { endsAt }) },
      }),
    onDone,
  });
  return (
    <Group justify="space-between">
      <div>
        <Badge variant="default">{words(`flags.${kind}`)}</Badge>
        <Text size="xs" c="dimmed">
          {t.rich("since", { at: () => <Moment at={startsAt} /> })}
          {endsAt !== null && <> {t.rich("until", { at: () => <Moment at={endsAt} /> })}</>}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={end.isPending}
        onClick={() => end.mutate({ params: { customerId, flagId } })}
      >
        {t("end")}
      </Button>
      <Trouble error={end.error} />
    </Group>
  );
}

function SetFlag({ customerId, onDone }: FlagListProps): ReactNode {
  const t = useTranslations("customers.flagActs");
  const words = useTranslations("words");
  const kinds = Object.keys(useMessages().words.flags) as Flag["kind"][];
  const [kind, setKind] = useState<Flag["kind"] | null>(null);
  const [reason, setReason] = useState("");
  const [ends, setEnds] = useState("");
  const set = useAct("setFlag", {
    changes: CHANGES,
    undo: ({ flagId, kind: done }) =>
      counter(t("set", { kind: words(`flags.${done}`) }), "endFlag", { params: { customerId, flagId } }),
    onDone,
  });
  return (
    <ActForm
      action={t("setNow")}
      act={set}
      isIncomplete={kind === null || reason.trim().length < REASON_MIN}
      onSubmit={() => {
        if (kind === null) return;
        const endsAt = ends === "" ? {} : { endsAt: new Date(ends).toISOString() };
        set.mutate({ params: { customerId }, body: { kind, reason: reason.trim(), ...endsAt } });
      }}
    >
      <Select
        label={t("kind")}
        data={kinds.map((value) => ({ value, label: words(`flags.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(value as Flag["kind"] | null)}
      />
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={500}
        spellCheck={false}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t("ends")}
        description={t("endsHint")}
        value={ends}
        onChange={(event) => setEnds(event.currentTarget.value)}
      />
    </ActForm>
  );
}
