// Drafting a review: what is looked at, who decides, until when, and what becomes of what nobody decided.
import { Checkbox, Group, MultiSelect, Radio, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices, type Role, useCodes, useNames } from "../governing/choices.ts";
import { PeopleSelect, PersonSelect } from "../governing/person-select.tsx";

const SUBJECTS = ["staff", "client", "assignment", "role"] as const;
const DEFAULTS = ["revoke", "approve"] as const;
const DAYS_USUAL = 30;
const DAY_MS = 86_400_000;
const DATE_LENGTH = 10;

export function CreateReview({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("reviews");
  const names = useNames();
  const codes = useCodes();
  const [name, setName] = useState("");
  const [subjects, setSubjects] = useState<readonly (typeof SUBJECTS)[number][]>(["staff"]);
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [reviewers, setReviewers] = useState<readonly string[]>([]);
  const [escalation, setEscalation] = useState<string | null>(null);
  const [due, setDue] = useState(() => new Date(Date.now() + DAYS_USUAL * DAY_MS).toISOString().slice(0, DATE_LENGTH));
  const [overdue, setOverdue] = useState<(typeof DEFAULTS)[number]>("revoke");
  const create = useAct("createReview", { changes: ["listReviews"], onDone });
  const send = (): void => {
    if (escalation === null) return;
    const scope = { subjects: [...subjects], roles: [...roles] };
    const dueAt = new Date(due).toISOString();
    create.mutate({ body: { name: name.trim(), scope, reviewers: [...reviewers], escalation, dueAt, overdue } });
  };
  return (
    <ActForm
      action={t("create.action")}
      act={create}
      isIncomplete={
        name.trim() === "" || subjects.length === 0 || reviewers.length === 0 || escalation === null || due === ""
      }
      onSubmit={send}
    >
      <TextInput
        label={t("name")}
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <Checkbox.Group
        label={t("create.subjects")}
        value={[...subjects]}
        onChange={(values) => setSubjects(values as typeof subjects)}
      >
        <Group mt={4}>
          {SUBJECTS.map((value) => (
            <Checkbox key={value} value={value} label={t(`subjects.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <MultiSelect
        label={t("create.roles")}
        description={t("create.rolesHint")}
        searchable
        data={choices(codes.roles, names.role)}
        value={[...roles]}
        onChange={(values) => setRoles(values as Role[])}
      />
      <PeopleSelect
        label={t("create.reviewers")}
        description={t("create.reviewersHint")}
        value={reviewers}
        onChange={setReviewers}
      />
      <PersonSelect
        label={t("create.escalation")}
        description={t("create.escalationHint")}
        value={escalation}
        onChange={setEscalation}
      />
      <TextInput type="date" label={t("due")} value={due} onChange={({ currentTarget: { value } }) => setDue(value)} />
      <Radio.Group label={t("overdue")} value={overdue} onChange={(value) => setOverdue(value as typeof overdue)}>
        <Group mt={4}>
          {DEFAULTS.map((value) => (
            <Radio key={value} value={value} label={t(`defaults.${value}`)} />
          ))}
        </Group>
      </Radio.Group>
    </ActForm>
  );
}
