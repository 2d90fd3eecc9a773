// Putting a customer, or one claim or policy of theirs, into a person's or a team's hands, from a time until a time.
import { Radio, Group, Select, SimpleGrid, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useSession } from "../../shared/session.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { type AssignmentKind, choices, useCodes, useNames } from "../governing/choices.ts";
import { isId } from "../governing/ids.ts";
import { PersonSelect } from "../governing/person-select.tsx";

const HANDS = ["person", "team"] as const;

export interface AssignProps {
  readonly to: string | null;
  readonly onDone: () => void;
}

interface Draft {
  readonly hands: (typeof HANDS)[number];
  readonly clientId: string | null;
  readonly group: string;
  readonly kind: AssignmentKind;
  readonly customerId: string;
  readonly unitId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

const instant = (text: string): string | undefined => (text === "" ? undefined : new Date(text).toISOString());

export function Assign({ to, onDone }: AssignProps): ReactNode {
  const t = useTranslations("assignments");
  const assign = useAct("assign", {
    changes: ["listAssignments"],
    undo: ({ customerId, assignmentId }) =>
      counter(t("done.assigned"), "endAssignment", { params: { customerId, assignmentId } }),
    onDone,
  });
  const [draft, setDraft] = useState<Draft>({
    hands: "person",
    clientId: to,
    group: "",
    kind: "claim",
    customerId: "",
    unitId: "",
    startsAt: "",
    endsAt: "",
  });
  const { hands, clientId, group, kind, customerId, unitId, startsAt, endsAt } = draft;
  const whose = hands === "person" ? { clientId: clientId ?? undefined } : { group: group.trim() };
  const isWhole = hands === "person" ? clientId !== null : group.trim() !== "";
  return (
    <ActForm
      action={t("assign")}
      act={assign}
      lacks={[
        !isWhole && t(hands === "person" ? "person" : "group"),
        !isId(customerId) && t("customerId"),
        unitId !== "" && !isId(unitId) && t("unitId"),
      ]}
      onSubmit={() =>
        assign.mutate({
          body: {
            ...whose,
            kind,
            customerId: customerId.trim(),
            unitId: unitId === "" ? undefined : unitId.trim(),
            startsAt: instant(startsAt),
            endsAt: instant(endsAt),
          },
        })
      }
    >
      <Fields draft={draft} onDraft={(changes) => setDraft({ ...draft, ...changes })} />
    </ActForm>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onDraft: (changes: Partial<Draft>) => void;
}

function Fields({ draft, onDraft }: FieldsProps): ReactNode {
  const t = useTranslations("assignments");
  const names = useNames();
  const codes = useCodes();
  const { principalId } = useSession();
  const field = (key: "group" | "customerId" | "unitId" | "startsAt" | "endsAt") => ({
    label: t(key),
    value: draft[key],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      onDraft({ [key]: value }),
  });
  // A number such as a claim's own is another thing, and nothing would say why it does not do.
  const faultOf = (text: string) => (text.trim() === "" || isId(text) ? undefined : t("notAnId"));
  return (
    <>
      <Radio.Group
        label={t("hands")}
        value={draft.hands}
        onChange={(value) => onDraft({ hands: value as Draft["hands"] })}
      >
        <Group mt={4}>
          {HANDS.map((value) => (
            <Radio key={value} value={value} label={t(value)} />
          ))}
        </Group>
      </Radio.Group>
      {draft.hands === "person" ? (
        <PersonSelect
          label={t("person")}
          without={[principalId]}
          value={draft.clientId}
          onChange={(clientId) => onDraft({ clientId })}
        />
      ) : (
        <TextInput {...field("group")} description={t("groupHint")} />
      )}
      <Select
        label={t("kind")}
        allowDeselect={false}
        data={choices(codes.assignments, names.assignment)}
        value={draft.kind}
        onChange={(value) => onDraft({ kind: value as AssignmentKind })}
      />
      <TextInput
        {...field("customerId")}
        description={t("customerHint")}
        error={faultOf(draft.customerId)}
        spellCheck={false}
      />
      <TextInput {...field("unitId")} description={t("unitHint")} error={faultOf(draft.unitId)} spellCheck={false} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput {...field("startsAt")} type="datetime-local" description={t("startsHint")} />
        <TextInput {...field("endsAt")} type="datetime-local" description={t("endsHint")} />
      </SimpleGrid>
    </>
  );
}
